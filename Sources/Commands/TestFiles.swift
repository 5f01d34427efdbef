import Glibc

/// Looks for `*.test.cfg`.
enum TestFiles {
    /// A file as it is named, or the test files in a folder and its folders, sorted.
    static func find(_ path: String) -> [String] {
        isFolder(path) ? search(path, depth: 0).sorted() : [path]
    }

    private static func search(_ folder: String, depth: Int) -> [String] {
        guard depth < 64 else { return [] }
        var found: [String] = []
        for name in names(in: folder) {
            let path = folder == "." ? name : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
            if name.hasSuffix(".test.cfg") {
                found.append(path)
            } else if isFolder(path, followsLinks: false) {
                found += search(path, depth: depth + 1)
            }
        }
        return found
    }

    /// What is in a folder, in no particular order, but for hidden files and folders, which hold what tools keep for
    /// themselves, such as .build.
    static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }

    static func isFolder(_ path: String, followsLinks: Bool = true) -> Bool {
        var status = stat()
        let result = followsLinks ? stat(path, &status) : lstat(path, &status)
        return result == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
