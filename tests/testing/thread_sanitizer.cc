// What ThreadSanitizer must be told about in every test; linked where it is on.
//
// librocksdb is not instrumented: the sanitizer sees neither its memory accesses nor its atomics,
// but it does see those accesses that go through libc or through templates that our programs hold
// (memcmp, memcpy, pread, close, delete, the copy of a std::string). So it takes for races what
// RocksDB orders by its atomics: a key that one thread puts into a memtable and another compares or
// decodes; a Version, an arena or an index that the last of its readers frees; the batch of one
// writer that another, who leads the group, writes; the results of the backup engine's threads; and
// the contexts of zstd that pass from one of its threads to the next.
//
// Much of RocksDB has no names in Debian's library, so that no list of functions would do: a report
// is left out where one of its two accesses was made within that library. What that can hide of
// ours is a race in what RocksDB calls back, which is the logger of graph/store/rocks_options.cc
// alone.
// (`called_from_lib:librocksdb.so` would be worse: it hides the frees from the allocator's shadow,
// too, and memory that is used again looks raced for.) planted_race.cc shows that a race among
// threads that commit is still reported.
// Of the earlier access it remembers only so much; the most, since one whose place it has forgotten
// is in no library.
extern "C" const char* __tsan_default_options();       // NOLINT(bugprone-reserved-identifier)
extern "C" const char* __tsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier)

extern "C" const char* __tsan_default_suppressions() {  // NOLINT(bugprone-reserved-identifier)
  return "race:librocksdb.so\n"
         "race:libzstd.so\n";
}

extern "C" const char* __tsan_default_options() {  // NOLINT(bugprone-reserved-identifier)
  return "history_size=7";
}
