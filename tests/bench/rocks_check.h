// What becomes of an error of the engine in a benchmark.
#ifndef ATTLAS_TESTS_BENCH_ROCKS_CHECK_H_
#define ATTLAS_TESTS_BENCH_ROCKS_CHECK_H_

#include <rocksdb/status.h>

#include <cstdio>
#include <cstdlib>

namespace attlas::bench {

// Says what went wrong and ends the program; nothing for OK.
inline void Check(const rocksdb::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::abort();
}

}  // namespace attlas::bench

#endif  // ATTLAS_TESTS_BENCH_ROCKS_CHECK_H_
