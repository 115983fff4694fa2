// Where an export goes: a file or a folder that appears whole or not at all.
//
// What: both are made under another name beside their place and renamed when they are complete, so
// that a reader never meets half an export, and an earlier one stays until the new one is there.
// Threads: thread-compatible.
#ifndef ATTLAS_CLIENTS_EXCHANGE_SINK_H_
#define ATTLAS_CLIENTS_EXCHANGE_SINK_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace attlas::exchange {

// Takes text in order.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual absl::Status Write(std::string_view text) = 0;
};

// FAILED_PRECONDITION with reason STORAGE_UNAVAILABLE.
absl::Status CannotWrite(std::string_view path, std::string_view why);

class FileSink : public Sink {
 public:
  explicit FileSink(std::string path);
  // Removes what was not published.
  ~FileSink() override;
  FileSink(const FileSink&) = delete;
  FileSink& operator=(const FileSink&) = delete;

  absl::Status Write(std::string_view text) override;

  // Syncs the file and gives it its name.
  absl::Status Publish();

 private:
  absl::Status Open();

  const std::string path_;
  std::string temporary_;
  int file_ = -1;
};

class StagedDirectory {
 public:
  explicit StagedDirectory(std::string path);
  // Removes what was not published.
  ~StagedDirectory();
  StagedDirectory(const StagedDirectory&) = delete;
  StagedDirectory& operator=(const StagedDirectory&) = delete;

  // Makes the folder to write to. FAILED_PRECONDITION where it cannot be made, and where the place
  // holds anything but an earlier export, which Publish would delete.
  absl::Status Create();
  const std::string& staging() const { return staging_; }

  // Puts the folder in its place, in one step where the file system can exchange two folders.
  absl::Status Publish();

 private:
  const std::string path_;
  std::string staging_;
};

}  // namespace attlas::exchange

#endif  // ATTLAS_CLIENTS_EXCHANGE_SINK_H_
