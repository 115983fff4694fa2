// A file system for RocksDB that loses power and fails: between the engine and the real one.
//
// What: it knows of each file how much is synced, and of each name whether its directory was synced
// since. LosePower lets nothing more through; DropUnsynced then leaves what a disk keeps at the
// least: synced bytes, under names that were synced. FailAt lets one operation fail.
// Threads: thread-safe.
#ifndef ATTLAS_TESTS_GRAPH_STORE_FAULTY_FILES_H_
#define ATTLAS_TESTS_GRAPH_STORE_FAULTY_FILES_H_

#include <rocksdb/file_system.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace attlas::testing {

class FaultyFiles final : public rocksdb::FileSystemWrapper {
 public:
  FaultyFiles();
  const char* Name() const override { return "FaultyFiles"; }

  // From now on every write, sync and change of names is an error and does nothing.
  void LosePower();
  // Takes away what was not synced. After LosePower, when nobody has files open any more.
  void DropUnsynced();
  // Whether a sync says OK and is none: a disk that lies.
  void SetLying(bool lying);
  // The operation of this number, counted from now, fails as the disk does; 0 for none.
  void FailAt(uint64_t operation);
  // Whether that has come.
  bool has_failed() const;

  // How often files of this extension, such as `.log`, were appended to and synced so far.
  struct Work {
    uint64_t appends = 0;
    uint64_t syncs = 0;
  };
  Work WorkOn(std::string_view extension) const;

  // Asked by the files and directories. OK where the operation may go on.
  rocksdb::IOStatus Admit();
  void NoteAppend(const std::string& path, uint64_t bytes);
  void NoteTruncate(const std::string& path, uint64_t size);
  void NoteSync(const std::string& path);
  void NoteDirectorySync(const std::string& directory);

  rocksdb::IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReopenWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                       std::unique_ptr<rocksdb::FSWritableFile>* file,
                                       rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReuseWritableFile(const std::string& path, const std::string& old_path,
                                      const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* file,
                                      rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewDirectory(const std::string& path, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* directory,
                                 rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus DeleteFile(const std::string& path, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus LinkFile(const std::string& from, const std::string& to,
                             const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* debug) override;

 private:
  struct File {
    uint64_t bytes = 0;
    uint64_t synced = 0;
    bool name_synced = false;
    std::optional<std::string> replaced = std::nullopt;  // What the name led to before a rename.
    Work work;
  };

  mutable std::mutex mutex_;
  bool powered_ = true;
  bool lying_ = false;
  uint64_t operations_ = 0;
  uint64_t fail_at_ = 0;
  bool failed_ = false;
  std::map<std::string, File> files_;  // Those that were written since the start.
};

}  // namespace attlas::testing

#endif  // ATTLAS_TESTS_GRAPH_STORE_FAULTY_FILES_H_
