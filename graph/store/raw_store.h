// A store as column families, of any format, for tools that copy, rewind and check one. Private to
// graph/store.
//
// Threads: as rocksdb::DB.
#ifndef ATTLAS_GRAPH_STORE_RAW_STORE_H_
#define ATTLAS_GRAPH_STORE_RAW_STORE_H_

#include <rocksdb/db.h>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/store/column_family.h"
#include "graph/store/store.h"

namespace attlas::graph {

class RawStore {
 public:
  // Opens the store at `path`, which no other process has open. Changes nothing in it by itself.
  // Errors: as Store::Open.
  static absl::StatusOr<std::unique_ptr<RawStore>> Open(const std::string& path, bool read_only);
  ~RawStore();
  RawStore(const RawStore&) = delete;
  RawStore& operator=(const RawStore&) = delete;

  rocksdb::DB& db() const { return *db_; }
  // Null for one that a store of an older format does not have.
  rocksdb::ColumnFamilyHandle* family(ColumnFamily which) const { return by_number_[which]; }

  absl::StatusOr<std::optional<std::string>> Get(ColumnFamily which, std::string_view key) const;
  absl::StatusOr<StoreHead> Head() const;
  // Calls `take` with each key that begins with `prefix`, in order, and its value, until that is an
  // error. A column family that is not there has none.
  using Take = std::function<absl::Status(std::string_view key, std::string_view value)>;
  absl::Status ForEach(ColumnFamily which, std::string_view prefix, const Take& take) const;
  // The first key at `from` or after it that begins with `prefix`; nothing where there is none.
  absl::StatusOr<std::optional<std::pair<std::string, std::string>>> First(
      ColumnFamily which, std::string_view from, std::string_view prefix) const;

 private:
  RawStore() = default;

  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
  std::array<rocksdb::ColumnFamilyHandle*, kColumnFamilyCount> by_number_{};
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_STORE_RAW_STORE_H_
