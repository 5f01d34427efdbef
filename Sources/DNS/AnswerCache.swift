/// Answers by question, as long as they may be kept. Time is in nanoseconds.
package struct AnswerCache: Sendable {
    private var answers: [Question: (records: [Record], end: Int64)] = [:]

    /// Answers that are kept at most, and for how many seconds.
    private static let limit = 4096
    private static let maximalLifetime: UInt32 = 3600

    package init() {}

    package func records(for question: Question, at now: Int64) -> [Record]? {
        guard let answer = answers[question], answer.end > now else { return nil }
        return answer.records
    }

    package mutating func keep(_ records: [Record], for question: Question, lifetime: UInt32, at now: Int64) {
        guard lifetime > 0 else { return }
        if answers.count >= AnswerCache.limit {
            answers = answers.filter { $0.value.end > now }
            if answers.count >= AnswerCache.limit { answers = [:] }
        }
        answers[question] = (records, now &+ Int64(min(lifetime, AnswerCache.maximalLifetime)) &* 1_000_000_000)
    }
}
