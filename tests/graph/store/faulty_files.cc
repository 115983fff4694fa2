#include "tests/graph/store/faulty_files.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

namespace attlas::testing {
namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

// Paths of the engine may have doubled slashes.
std::string Plain(const std::string& path) {
  return std::filesystem::path(path).lexically_normal().string();
}

std::optional<std::string> ContentOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

class TrackedFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  TrackedFile(FaultyFiles* files, std::string path, std::unique_ptr<rocksdb::FSWritableFile> file)
      : FSWritableFileOwnerWrapper(std::move(file)), files_(*files), path_(Plain(path)) {}

  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* debug) override {
    return Append(data, options, rocksdb::DataVerificationInfo(), debug);
  }
  IOStatus Append(const Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo&,
                  IODebugContext* debug) override {
    IOStatus status = files_.Admit();
    if (status.ok()) status = FSWritableFileOwnerWrapper::Append(data, options, debug);
    if (status.ok()) files_.NoteAppend(path_, data.size());
    return status;
  }
  IOStatus Truncate(uint64_t size, const IOOptions& options, IODebugContext* debug) override {
    IOStatus status = files_.Admit();
    if (status.ok()) status = FSWritableFileOwnerWrapper::Truncate(size, options, debug);
    if (status.ok()) files_.NoteTruncate(path_, size);
    return status;
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    return SyncBy(options, debug, &FSWritableFileOwnerWrapper::Sync);
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return SyncBy(options, debug, &FSWritableFileOwnerWrapper::Fsync);
  }

 private:
  // The page cache keeps what is written as long as the process lives, so that no real sync is
  // needed, nor its time.
  IOStatus SyncBy(const IOOptions& options, IODebugContext* debug,
                  IOStatus (rocksdb::FSWritableFileWrapper::*)(const IOOptions&, IODebugContext*)) {
    IOStatus status = files_.Admit();
    if (status.ok()) status = FSWritableFileOwnerWrapper::Flush(options, debug);
    if (status.ok()) files_.NoteSync(path_);
    return status;
  }

  FaultyFiles& files_;
  const std::string path_;
};

class TrackedDirectory final : public rocksdb::FSDirectoryWrapper {
 public:
  TrackedDirectory(FaultyFiles* files, std::string path,
                   std::unique_ptr<rocksdb::FSDirectory> directory)
      : FSDirectoryWrapper(std::move(directory)), files_(*files), path_(Plain(path)) {}

  IOStatus Fsync(const IOOptions&, IODebugContext*) override { return Note(); }
  IOStatus FsyncWithDirOptions(const IOOptions&, IODebugContext*,
                               const rocksdb::DirFsyncOptions&) override {
    return Note();
  }

 private:
  IOStatus Note() {
    IOStatus status = files_.Admit();
    if (status.ok()) files_.NoteDirectorySync(path_);
    return status;
  }

  FaultyFiles& files_;
  const std::string path_;
};

}  // namespace

FaultyFiles::FaultyFiles() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}

void FaultyFiles::LosePower() {
  const std::lock_guard lock(mutex_);
  powered_ = false;
}

void FaultyFiles::DropUnsynced() {
  const std::lock_guard lock(mutex_);
  for (const auto& [path, file] : files_) {
    std::error_code error;
    if (!file.name_synced && file.replaced) {
      std::ofstream(path, std::ios::binary | std::ios::trunc) << *file.replaced;
    } else if (!file.name_synced) {
      std::filesystem::remove(path, error);
    } else if (std::filesystem::exists(path, error)) {
      std::filesystem::resize_file(path, file.synced, error);
    }
  }
  files_.clear();
  powered_ = true;
}

void FaultyFiles::SetLying(bool lying) {
  const std::lock_guard lock(mutex_);
  lying_ = lying;
}

void FaultyFiles::FailAt(uint64_t operation) {
  const std::lock_guard lock(mutex_);
  operations_ = 0;
  fail_at_ = operation;
  failed_ = false;
}

bool FaultyFiles::has_failed() const {
  const std::lock_guard lock(mutex_);
  return failed_;
}

FaultyFiles::Work FaultyFiles::WorkOn(std::string_view extension) const {
  const std::lock_guard lock(mutex_);
  Work work;
  for (const auto& [path, file] : files_) {
    if (!path.ends_with(extension)) continue;
    work.appends += file.work.appends;
    work.syncs += file.work.syncs;
  }
  return work;
}

IOStatus FaultyFiles::Admit() {
  const std::lock_guard lock(mutex_);
  if (!powered_) return IOStatus::IOError("there is no power");
  if (++operations_ == fail_at_) {
    failed_ = true;
    return IOStatus::IOError("the disk failed");
  }
  return IOStatus::OK();
}

void FaultyFiles::NoteAppend(const std::string& path, uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  File& file = files_[path];
  file.bytes += bytes;
  ++file.work.appends;
}

void FaultyFiles::NoteTruncate(const std::string& path, uint64_t size) {
  const std::lock_guard lock(mutex_);
  File& file = files_[path];
  file.bytes = size;
  file.synced = std::min(file.synced, size);
}

void FaultyFiles::NoteSync(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (lying_) return;
  File& file = files_[path];
  file.synced = file.bytes;
  ++file.work.syncs;
}

void FaultyFiles::NoteDirectorySync(const std::string& directory) {
  const std::lock_guard lock(mutex_);
  if (lying_) return;
  for (auto& [path, file] : files_) {
    if (std::filesystem::path(path).parent_path() != directory) continue;
    file.name_synced = true;
    file.replaced.reset();
  }
}

IOStatus FaultyFiles::NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* file,
                                      IODebugContext* debug) {
  IOStatus status = Admit();
  if (!status.ok()) return status;
  std::unique_ptr<rocksdb::FSWritableFile> opened;
  status = target()->NewWritableFile(path, options, &opened, debug);
  if (!status.ok()) return status;
  *file = std::make_unique<TrackedFile>(this, path, std::move(opened));
  const std::lock_guard lock(mutex_);
  files_[Plain(path)] = File();
  return status;
}

IOStatus FaultyFiles::ReopenWritableFile(const std::string& path,
                                         const rocksdb::FileOptions& options,
                                         std::unique_ptr<rocksdb::FSWritableFile>* file,
                                         IODebugContext* debug) {
  IOStatus status = Admit();
  if (!status.ok()) return status;
  std::unique_ptr<rocksdb::FSWritableFile> opened;
  status = target()->ReopenWritableFile(path, options, &opened, debug);
  if (!status.ok()) return status;
  std::error_code error;
  const uint64_t size = std::filesystem::file_size(path, error);
  *file = std::make_unique<TrackedFile>(this, path, std::move(opened));
  const std::lock_guard lock(mutex_);
  // What was there before this run is taken for synced.
  files_.try_emplace(Plain(path), File{error ? 0 : size, error ? 0 : size, true});
  return status;
}

// As a new file; the old one is not reused.
IOStatus FaultyFiles::ReuseWritableFile(const std::string& path, const std::string& old_path,
                                        const rocksdb::FileOptions& options,
                                        std::unique_ptr<rocksdb::FSWritableFile>* file,
                                        IODebugContext* debug) {
  IOStatus status = DeleteFile(old_path, IOOptions(), debug);
  if (!status.ok()) return status;
  return NewWritableFile(path, options, file, debug);
}

IOStatus FaultyFiles::NewDirectory(const std::string& path, const IOOptions& options,
                                   std::unique_ptr<rocksdb::FSDirectory>* directory,
                                   IODebugContext* debug) {
  std::unique_ptr<rocksdb::FSDirectory> opened;
  IOStatus status = target()->NewDirectory(path, options, &opened, debug);
  if (!status.ok()) return status;
  *directory = std::make_unique<TrackedDirectory>(this, path, std::move(opened));
  return status;
}

IOStatus FaultyFiles::DeleteFile(const std::string& path, const IOOptions& options,
                                 IODebugContext* debug) {
  IOStatus status = Admit();
  if (!status.ok()) return status;
  status = target()->DeleteFile(path, options, debug);
  if (!status.ok()) return status;
  const std::lock_guard lock(mutex_);
  files_.erase(Plain(path));
  return status;
}

IOStatus FaultyFiles::RenameFile(const std::string& from, const std::string& to,
                                 const IOOptions& options, IODebugContext* debug) {
  IOStatus status = Admit();
  if (!status.ok()) return status;
  std::optional<std::string> replaced = ContentOf(to);
  status = target()->RenameFile(from, to, options, debug);
  if (!status.ok()) return status;
  const std::lock_guard lock(mutex_);
  const auto found = files_.find(Plain(from));
  if (found == files_.end()) return status;
  File file = found->second;
  files_.erase(found);
  // Until the directory is synced, the name may lead to what it led to before.
  const auto old = files_.find(Plain(to));
  if (old != files_.end() && !old->second.name_synced) replaced = old->second.replaced;
  file.name_synced = false;
  file.replaced = std::move(replaced);
  files_[Plain(to)] = std::move(file);
  return status;
}

IOStatus FaultyFiles::LinkFile(const std::string& from, const std::string& to,
                               const IOOptions& options, IODebugContext* debug) {
  IOStatus status = Admit();
  if (!status.ok()) return status;
  status = target()->LinkFile(from, to, options, debug);
  if (!status.ok()) return status;
  const std::lock_guard lock(mutex_);
  const auto found = files_.find(Plain(from));
  if (found == files_.end()) return status;
  File file = found->second;
  file.name_synced = false;
  files_[Plain(to)] = file;
  return status;
}

}  // namespace attlas::testing
