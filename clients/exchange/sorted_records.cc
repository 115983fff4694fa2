#include "clients/exchange/sorted_records.h"

#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <tuple>
#include <utility>

#include "clients/exchange/sink.h"
#include "graph/base/status_macros.h"

namespace attlas::exchange {
namespace {

constexpr size_t kBufferBytes = 64 << 10;
// Of a record in memory, beside its bytes.
constexpr size_t kRecordOverhead = 96;

absl::Status CannotKeep() { return CannotWrite("a temporary file", std::strerror(errno)); }

absl::StatusOr<int> OpenWithoutName() {
  std::error_code failed;
  std::filesystem::path folder = std::filesystem::temp_directory_path(failed);
  if (failed) folder = "/tmp";
  std::string name = (folder / "attlas-sort-XXXXXX").string();
  const int file = mkstemp(name.data());
  if (file < 0) return CannotWrite(folder.string(), std::strerror(errno));
  unlink(name.c_str());
  return file;
}

absl::Status WriteAll(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return CannotKeep();
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

void AppendSized(std::string_view bytes, std::string* to) {
  to->append(SortableNumber(bytes.size()));
  to->append(bytes);
}

}  // namespace

// A sorted run as it is read: from the file by pieces, or from memory.
struct SortedRecords::Reader::Run {
  size_t order = 0;  // Runs come one after another, so that equal keys keep their order.
  std::string_view key;
  std::string_view value;

  // Of a run in the file.
  int file = -1;
  Extent left;
  std::string buffer;
  size_t at = 0;

  // Of the run in memory.
  const std::vector<Record>* held = nullptr;
  size_t next = 0;

  absl::StatusOr<bool> Advance() {
    if (held != nullptr) {
      if (next == held->size()) return false;
      key = (*held)[next].key;
      value = (*held)[next].value;
      ++next;
      return true;
    }
    if (left.begin == left.end && at == buffer.size()) return false;
    // The key may move as more is read for the value.
    ATTLAS_ASSIGN_OR_RETURN(const size_t key_size, TakeSize());
    ATTLAS_RETURN_IF_ERROR(Fill(key_size + sizeof(uint64_t)));
    const std::string_view size_bytes =
        std::string_view(buffer).substr(at + key_size, sizeof(uint64_t));
    const size_t value_size = NumberOf(size_bytes);
    ATTLAS_RETURN_IF_ERROR(Fill(key_size + sizeof(uint64_t) + value_size));
    key = std::string_view(buffer).substr(at, key_size);
    value = std::string_view(buffer).substr(at + key_size + sizeof(uint64_t), value_size);
    at += key_size + sizeof(uint64_t) + value_size;
    return true;
  }

 private:
  absl::StatusOr<size_t> TakeSize() {
    ATTLAS_RETURN_IF_ERROR(Fill(sizeof(uint64_t)));
    const size_t size = NumberOf(std::string_view(buffer).substr(at, sizeof(uint64_t)));
    at += sizeof(uint64_t);
    return size;
  }

  // Reads until `count` bytes are there from `at` on.
  absl::Status Fill(size_t count) {
    if (buffer.size() - at >= count) return absl::OkStatus();
    buffer.erase(0, at);
    at = 0;
    while (buffer.size() < count) {
      const size_t wanted = std::min<size_t>(std::max(count - buffer.size(), kBufferBytes),
                                             static_cast<size_t>(left.end - left.begin));
      const size_t before = buffer.size();
      buffer.resize(before + wanted);
      const ssize_t got = pread(file, buffer.data() + before, wanted, left.begin);
      buffer.resize(before + static_cast<size_t>(std::max<ssize_t>(got, 0)));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return absl::DataLossError("a temporary file cannot be read back");
      left.begin += got;
    }
    return absl::OkStatus();
  }
};

namespace {

// A heap has its least on top.
constexpr auto kLater = [](const auto& a, const auto& b) {
  return std::tie(a->key, a->order) > std::tie(b->key, b->order);
};

}  // namespace

SortedRecords::SortedRecords(size_t most_bytes) : most_bytes_(most_bytes) {}

SortedRecords::~SortedRecords() {
  if (file_ >= 0) close(file_);
}

absl::Status SortedRecords::Add(std::string_view key, std::string_view value) {
  held_.push_back({std::string(key), std::string(value)});
  held_bytes_ += key.size() + value.size() + kRecordOverhead;
  ++size_;
  return held_bytes_ < most_bytes_ ? absl::OkStatus() : Spill();
}

absl::Status SortedRecords::Sort() {
  if (runs_.empty()) {
    SortHeld();
    return absl::OkStatus();
  }
  return Spill();
}

void SortedRecords::SortHeld() {
  std::stable_sort(held_.begin(), held_.end(),
                   [](const Record& a, const Record& b) { return a.key < b.key; });
}

absl::Status SortedRecords::Spill() {
  if (file_ < 0) {
    ATTLAS_ASSIGN_OR_RETURN(file_, OpenWithoutName());
  }
  SortHeld();
  Extent run;
  run.begin = runs_.empty() ? 0 : runs_.back().end;
  run.end = run.begin;
  std::string bytes;
  const auto write_out = [&] {
    run.end += static_cast<int64_t>(bytes.size());
    absl::Status written = WriteAll(file_, bytes);
    bytes.clear();
    return written;
  };
  for (const Record& record : held_) {
    AppendSized(record.key, &bytes);
    AppendSized(record.value, &bytes);
    if (bytes.size() >= kBufferBytes) ATTLAS_RETURN_IF_ERROR(write_out());
  }
  ATTLAS_RETURN_IF_ERROR(write_out());
  runs_.push_back(run);
  held_ = {};
  held_bytes_ = 0;
  return absl::OkStatus();
}

SortedRecords::Reader::Reader(const SortedRecords& records) {
  for (const Extent& extent : records.runs_) {
    auto run = std::make_unique<Run>();
    run->file = records.file_;
    run->left = extent;
    heap_.push_back(std::move(run));
  }
  auto held = std::make_unique<Run>();
  held->held = &records.held_;
  heap_.push_back(std::move(held));
  for (size_t i = 0; i < heap_.size(); ++i) heap_[i]->order = i;
}

SortedRecords::Reader::~Reader() = default;

absl::StatusOr<bool> SortedRecords::Reader::Next(std::string_view* key, std::string_view* value) {
  std::vector<std::unique_ptr<Run>> moved;
  if (last_ != nullptr) {
    moved.push_back(std::move(last_));
  } else if (!begun_) {
    begun_ = true;
    moved = std::exchange(heap_, {});
  }
  for (std::unique_ptr<Run>& run : moved) {
    ATTLAS_ASSIGN_OR_RETURN(const bool more, run->Advance());
    if (!more) continue;
    heap_.push_back(std::move(run));
    std::push_heap(heap_.begin(), heap_.end(), kLater);
  }
  if (heap_.empty()) return false;
  std::pop_heap(heap_.begin(), heap_.end(), kLater);
  last_ = std::move(heap_.back());
  heap_.pop_back();
  *key = last_->key;
  *value = last_->value;
  return true;
}

absl::Status SortedRecords::ForEach(
    const std::function<absl::Status(std::string_view key, std::string_view value)>& take) const {
  Reader reader(*this);
  std::string_view key;
  std::string_view value;
  while (true) {
    ATTLAS_ASSIGN_OR_RETURN(const bool more, reader.Next(&key, &value));
    if (!more) return absl::OkStatus();
    ATTLAS_RETURN_IF_ERROR(take(key, value));
  }
}

std::string SortableNumber(uint64_t number) {
  std::string bytes(sizeof(number), '\0');
  for (size_t i = sizeof(number); i-- > 0; number >>= 8)
    bytes[i] = static_cast<char>(number & 0xff);
  return bytes;
}

uint64_t NumberOf(std::string_view sortable) {
  uint64_t number = 0;
  for (const char byte : sortable) number = number << 8 | static_cast<unsigned char>(byte);
  return number;
}

}  // namespace attlas::exchange
