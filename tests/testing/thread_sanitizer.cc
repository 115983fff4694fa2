// What ThreadSanitizer must be told about in every test; linked where it is on.
//
// librocksdb is not instrumented: the sanitizer sees neither its memory accesses nor its atomics,
// but it does see those accesses that go through libc (memcmp, pread, close, delete). So it takes
// this for a race: a reader compares a key with the bounds of a file (memcmp), reads the file
// (pread) or searches its index (memcmp) while it holds a reference to a SuperVersion; it gives the
// reference back with an atomic subtraction; later the compaction thread, whose subtraction is the
// last, frees the Version that holds those bounds, closes the file, or frees the index. The count
// orders the two, unseen.
//
// Each suppression names the one function that frees such a thing; none of them calls us, so that a
// race of ours cannot have one in its stacks. (`called_from_lib:librocksdb.so` would be worse: it
// hides the frees from the allocator's shadow, too, and memory that is used again looks raced for.)
// planted_race.cc shows that a race among threads that commit is still reported.
extern "C" const char* __tsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier)

extern "C" const char* __tsan_default_suppressions() {  // NOLINT(bugprone-reserved-identifier)
  return "race:^rocksdb::Version::Unref\n"
         "race:^rocksdb::BinarySearchIndexReader::~BinarySearchIndexReader\n"
         "race:^rocksdb::PosixRandomAccessFile::~PosixRandomAccessFile\n";
}
