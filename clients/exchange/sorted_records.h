// Records in the order of their keys, more of them than fit into memory.
//
// What: takes records in any order and gives them back sorted, records of one key in the order in
// which they came. What is beyond its share of memory waits in a temporary file that has no name.
// When not: a few thousand records; sort these in a vector.
// Threads: single-thread.
//
// Example:
//   SortedRecords records;
//   ATTLAS_RETURN_IF_ERROR(records.Add("states/IDN", "line 4"));
//   ATTLAS_RETURN_IF_ERROR(records.Sort());
//   ATTLAS_RETURN_IF_ERROR(records.ForEach([](auto key, auto value) { … return absl::OkStatus();
//   }));
#ifndef ATTLAS_CLIENTS_EXCHANGE_SORTED_RECORDS_H_
#define ATTLAS_CLIENTS_EXCHANGE_SORTED_RECORDS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace attlas::exchange {

class SortedRecords {
 public:
  static constexpr size_t kMostBytes = size_t{4} << 20;

  explicit SortedRecords(size_t most_bytes = kMostBytes);
  ~SortedRecords();
  SortedRecords(const SortedRecords&) = delete;
  SortedRecords& operator=(const SortedRecords&) = delete;

  // FAILED_PRECONDITION (STORAGE_UNAVAILABLE) where the temporary file cannot be written.
  absl::Status Add(std::string_view key, std::string_view value);
  size_t size() const { return size_; }

  // Ends the adding.
  absl::Status Sort();

  // One pass over all records, from the first on; several may be under way. REQUIRES: Sort was
  // called; this lives.
  class Reader {
   public:
    explicit Reader(const SortedRecords& records);
    ~Reader();
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    // Whether there is another record; `key` and `value` then hold until the next call.
    absl::StatusOr<bool> Next(std::string_view* key, std::string_view* value);

   private:
    struct Run;
    std::vector<std::unique_ptr<Run>> heap_;
    std::unique_ptr<Run> last_;  // The one that the last record is of.
    bool begun_ = false;
  };

  // Calls `take` with each record, until it returns an error.
  absl::Status ForEach(
      const std::function<absl::Status(std::string_view key, std::string_view value)>& take) const;

 private:
  struct Record {
    std::string key;
    std::string value;
  };
  struct Extent {  // Of a sorted run in the file.
    int64_t begin = 0;
    int64_t end = 0;
  };

  void SortHeld();
  absl::Status Spill();

  const size_t most_bytes_;
  size_t size_ = 0;
  std::vector<Record> held_;
  size_t held_bytes_ = 0;
  int file_ = -1;
  std::vector<Extent> runs_;
};

// A number as bytes that sort as it does.
std::string SortableNumber(uint64_t number);
uint64_t NumberOf(std::string_view sortable);

}  // namespace attlas::exchange

#endif  // ATTLAS_CLIENTS_EXCHANGE_SORTED_RECORDS_H_
