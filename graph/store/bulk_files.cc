#include "graph/store/bulk_files.h"

#include <rocksdb/sst_file_writer.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <thread>

#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "graph/store/rocks_status.h"

namespace attlas::graph {
namespace {

constexpr size_t kBlockBytes = size_t{1} << 20;
// A table is ended at this size, so that a later compaction need not rewrite all of it at once.
constexpr uint64_t kTableBytes = uint64_t{64} << 20;
constexpr char kAction[] = "writing to the store";

// The directory of the files, removed with all that is still in it.
class Workplace {
 public:
  explicit Workplace(const std::string& store_path)
      : path_(std::filesystem::path(store_path) / BulkFiles::kDirectory) {}
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  ~Workplace() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  rocksdb::Status Make() {
    std::error_code error;
    std::filesystem::create_directory(path_, error);
    return error ? rocksdb::Status::IOError(path_.string(), error.message())
                 : rocksdb::Status::OK();
  }
  std::string path() const { return path_.string(); }

 private:
  const std::filesystem::path path_;
};

}  // namespace

void BulkFiles::Add(ColumnFamily which, std::string_view key, std::string_view value,
                    bool deleted) {
  const size_t size = key.size() + value.size();
  if (size > block_left_) {
    block_left_ = std::max(size, kBlockBytes);
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(block_left_));
    block_end_ = blocks_.back().get() + block_left_;
  }
  char* const bytes = block_end_ - block_left_;
  block_left_ -= size;
  std::memcpy(bytes, key.data(), key.size());
  std::memcpy(bytes + key.size(), value.data(), value.size());
  entries_[which].push_back(
      {bytes, static_cast<uint32_t>(key.size()), static_cast<uint32_t>(value.size()), deleted});
}

void BulkFiles::Put(ColumnFamily which, std::string_view key, std::string_view value) {
  Add(which, key, value, false);
}

void BulkFiles::Delete(ColumnFamily which, std::string_view key) {
  NoteSuperseded();
  Add(which, key, "", true);
}

rocksdb::Status BulkFiles::WriteThroughLog(
    rocksdb::DB& db, const std::vector<rocksdb::ColumnFamilyHandle*>& families) const {
  rocksdb::WriteBatch batch;
  rocksdb::Status status;
  for (size_t which = 0; which < kColumnFamilyCount; ++which) {
    for (const Entry& entry : entries_[which]) {
      status = entry.deleted
                   ? batch.Delete(families[which], ToSlice(entry.key()))
                   : batch.Put(families[which], ToSlice(entry.key()), ToSlice(entry.value()));
      if (!status.ok()) return status;
    }
  }
  rocksdb::WriteOptions options;
  options.sync = true;
  return db.Write(options, &batch);
}

BulkFiles::TableFiles BulkFiles::WriteTables(ColumnFamily which, const rocksdb::Options& options,
                                             const std::string& directory) {
  std::vector<Entry>& entries = entries_[which];
  const auto before = [](const Entry& a, const Entry& b) { return a.key() < b.key(); };
  // Records come in the order of their numbers; only names must really be sorted.
  if (!std::is_sorted(entries.begin(), entries.end(), before)) {
    std::sort(entries.begin(), entries.end(), before);
  }
  TableFiles files;
  rocksdb::SstFileWriter writer(rocksdb::EnvOptions(), options);
  bool open = false;
  for (const Entry& entry : entries) {
    if (!open) {
      files.paths.push_back(
          absl::StrCat(directory, "/", kColumnFamilyNames[which], "-", files.paths.size(), ".sst"));
      files.status = writer.Open(files.paths.back());
      open = true;
    }
    if (files.status.ok()) files.status = writer.Put(ToSlice(entry.key()), ToSlice(entry.value()));
    if (files.status.ok() && writer.FileSize() >= kTableBytes) {
      files.status = writer.Finish();
      open = false;
    }
    if (!files.status.ok()) return files;
  }
  if (open) files.status = writer.Finish();
  return files;
}

absl::Status BulkFiles::Write(rocksdb::DB& db,
                              const std::vector<rocksdb::ColumnFamilyHandle*>& families,
                              const rocksdb::Options& options, const std::string& store_path) {
  if (supersedes_) return FromRocks(WriteThroughLog(db, families), kAction);
  rocksdb::Options table_options = options;
  // Time counts here; compaction makes it smaller later.
  table_options.bottommost_compression = rocksdb::kDisableCompressionOption;
  Workplace workplace(store_path);
  ATTLAS_RETURN_IF_ERROR(FromRocks(workplace.Make(), kAction));

  std::array<TableFiles, kColumnFamilyCount> files;
  const auto write = [&](ColumnFamily which) {
    files[which] = WriteTables(which, table_options, workplace.path());
  };
  // Names take about as long to sort as everything else to write.
  std::thread names([&] { write(kNames); });
  for (size_t which = 0; which < kColumnFamilyCount; ++which) {
    if (which != kNames) write(static_cast<ColumnFamily>(which));
  }
  names.join();

  std::vector<rocksdb::IngestExternalFileArg> arguments;
  for (size_t which = 0; which < kColumnFamilyCount; ++which) {
    ATTLAS_RETURN_IF_ERROR(FromRocks(files[which].status, kAction));
    if (files[which].paths.empty()) continue;
    rocksdb::IngestExternalFileArg& argument = arguments.emplace_back();
    argument.column_family = families[which];
    argument.external_files = std::move(files[which].paths);
    argument.options.move_files = true;
    argument.options.write_global_seqno = false;
  }
  return FromRocks(db.IngestExternalFiles(arguments), kAction);
}

}  // namespace attlas::graph
