import Commands
import Glibc

exit(Siskin.main(arguments: Array(CommandLine.arguments.dropFirst())))
