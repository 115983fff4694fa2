// How every program of ours opens RocksDB. Private to graph/store.
#ifndef ATTLAS_GRAPH_STORE_ROCKS_OPTIONS_H_
#define ATTLAS_GRAPH_STORE_ROCKS_OPTIONS_H_

#include <rocksdb/options.h>

#include <cstddef>
#include <functional>
#include <string>

namespace attlas::graph {

// Options of a database whose log lines go to `log`, which may be empty: RocksDB would write them
// to a file beside the data otherwise, and stop the process when the disk is full.
rocksdb::Options MakeRocksOptions(size_t block_cache_bytes,
                                  const std::function<void(const std::string&)>& log);

// What stands for the operating system in databases that are opened from now on; null for itself.
// For tests of faults alone, which set it before they open a store and reset it after its end.
void SetEnvForTesting(rocksdb::Env* env);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_STORE_ROCKS_OPTIONS_H_
