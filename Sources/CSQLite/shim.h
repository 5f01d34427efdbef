#include <sqlite3.h>

// What Swift cannot call: a constant that is a cast. The bytes are copied.
static inline int siskin_sqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, int count) {
  return sqlite3_bind_text(statement, index, text, count, SQLITE_TRANSIENT);
}
