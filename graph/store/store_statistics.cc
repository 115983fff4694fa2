#include "graph/store/store_impl.h"

namespace attlas::graph {
namespace {

using Properties = rocksdb::DB::Properties;

// Over all column families.
uint64_t Sum(rocksdb::DB* db, const std::string& property) {
  uint64_t value = 0;
  return db->GetAggregatedIntProperty(property, &value) ? value : 0;
}

// What they have in common.
uint64_t Common(rocksdb::DB* db, const std::string& property) {
  uint64_t value = 0;
  return db->GetIntProperty(property, &value) ? value : 0;
}

}  // namespace

StoreStatistics Store::Statistics() const {
  rocksdb::DB* const db = impl_->db.get();
  return {.file_bytes = Sum(db, Properties::kTotalSstFilesSize),
          .memtable_bytes = Sum(db, Properties::kCurSizeAllMemTables),
          .block_cache_bytes = Common(db, Properties::kBlockCacheUsage),
          .pending_compaction_bytes = Sum(db, Properties::kEstimatePendingCompactionBytes),
          .background_jobs = Common(db, Properties::kNumRunningCompactions) +
                             Common(db, Properties::kNumRunningFlushes),
          .background_errors = Common(db, Properties::kBackgroundErrors),
          .writes_stopped = Common(db, Properties::kIsWriteStopped) != 0};
}

}  // namespace attlas::graph
