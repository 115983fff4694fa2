#include "graph/store/rocks_options.h"

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include <cstdarg>
#include <cstdio>
#include <memory>
#include <utility>

namespace attlas::graph {
namespace {

// Hands the engine's warnings to the program's own log.
class ForwardingLogger final : public rocksdb::Logger {
 public:
  explicit ForwardingLogger(std::function<void(const std::string&)> log)
      : rocksdb::Logger(rocksdb::InfoLogLevel::WARN_LEVEL), log_(std::move(log)) {}

  using rocksdb::Logger::Logv;
  void Logv(const char* format, va_list arguments) override {
    if (!log_) return;
    char line[1024];
    std::vsnprintf(line, sizeof(line), format, arguments);
    log_(line);
  }

 private:
  const std::function<void(const std::string&)> log_;
};

rocksdb::Env* env_for_testing = nullptr;

}  // namespace

void SetEnvForTesting(rocksdb::Env* env) { env_for_testing = env; }

rocksdb::Options MakeRocksOptions(size_t block_cache_bytes,
                                  const std::function<void(const std::string&)>& log) {
  rocksdb::Options result;
  if (env_for_testing != nullptr) result.env = env_for_testing;
  result.paranoid_checks = true;
  // Replay of the log runs at memtable speed; these bound how long a start can take. The second is
  // for all column families together: without it each fills a buffer of its own, and a daemon that
  // is written to takes hundreds of MB more hour by hour before the first is full.
  result.write_buffer_size = size_t{64} << 20;
  result.db_write_buffer_size = size_t{64} << 20;
  result.max_total_wal_size = uint64_t{256} << 20;
  result.max_background_jobs = 2;
  // A manifest names the first and the last key of every file that there was since it was begun. So
  // each change of files begins one, and what was redacted can be got out of it as well.
  result.max_manifest_file_size = 1;
  result.compression = rocksdb::kLZ4Compression;
  result.bottommost_compression = rocksdb::kZSTD;
  result.info_log = std::make_shared<ForwardingLogger>(log);
  rocksdb::BlockBasedTableOptions table;
  table.block_size = 16 << 10;
  table.block_cache = rocksdb::NewLRUCache(block_cache_bytes);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  result.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return result;
}

}  // namespace attlas::graph
