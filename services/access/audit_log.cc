#include "services/access/audit_log.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/access/audit_files.h"

namespace attlas::services {
namespace {

constexpr char kLockFile[] = "/lock";
constexpr size_t kMostQueued = 100'000;
constexpr absl::Duration kRetry = absl::Seconds(1);

std::string Errno(const std::string& what, const std::string& path) {
  return absl::StrCat("cannot ", what, " ", path, ": ", std::strerror(errno));
}

absl::StatusOr<int> LockFolder(const std::string& folder) {
  if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    return absl::FailedPreconditionError(Errno("make", folder));
  }
  const std::string path = folder + kLockFile;
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return absl::FailedPreconditionError(Errno("open", path));
  if (flock(file, LOCK_EX | LOCK_NB) == 0) return file;
  close(file);
  return absl::FailedPreconditionError(
      absl::StrCat("another daemon writes the audit log in ", folder));
}

// Cuts off a last line that has no end, and returns the place of the last whole one, if any.
absl::StatusOr<std::optional<AuditHead>> Recover(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  std::string text = content.str();
  const size_t end = text.rfind('\n');
  const size_t whole = end == std::string::npos ? 0 : end + 1;
  if (whole < text.size() && truncate(path.c_str(), static_cast<off_t>(whole)) != 0) {
    return absl::FailedPreconditionError(Errno("repair", path));
  }
  if (whole == 0) return std::optional<AuditHead>();
  text.resize(end);
  const size_t begin = text.rfind('\n');
  const auto line =
      ParseAuditLine(std::string_view(text).substr(begin == std::string::npos ? 0 : begin + 1));
  if (line.has_value() && line->hash_is_right) return std::optional<AuditHead>(line->head);
  return absl::DataLossError(
      absl::StrCat("the last record of ", path, " is damaged; see `attlas audit verify`"));
}

}  // namespace

// The file of one day.
class AuditLog::File {
 public:
  static absl::StatusOr<std::unique_ptr<File>> Open(const std::string& folder,
                                                    const std::string& name) {
    const std::string path = absl::StrCat(folder, "/", name);
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) return absl::UnavailableError(Errno("open", path));
    std::unique_ptr<File> opened(new File(path, name, file));
    struct stat status = {};
    if (fstat(file, &status) != 0) return absl::UnavailableError(Errno("read", path));
    opened->size_ = status.st_size;
    // The name of a new file must be on the disk, too.
    const int directory = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory >= 0) {
      fsync(directory);
      close(directory);
    }
    return opened;
  }
  ~File() { close(file_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  const std::string& name() const { return name_; }

  // All of `text` and synced, or nothing.
  absl::Status Append(std::string_view text) {
    size_t done = 0;
    while (done < text.size()) {
      const ssize_t n = write(file_, text.data() + done, text.size() - done);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return TakeBack(Errno("write", path_));
      done += static_cast<size_t>(n);
    }
    if (fdatasync(file_) != 0) return TakeBack(Errno("sync", path_));
    size_ += static_cast<off_t>(text.size());
    return absl::OkStatus();
  }

 private:
  File(std::string path, std::string name, int file)
      : path_(std::move(path)), name_(std::move(name)), file_(file) {}
  absl::Status TakeBack(const std::string& failure) {
    if (ftruncate(file_, size_) != 0) return absl::UnavailableError(Errno("repair", path_));
    return absl::UnavailableError(failure);
  }

  const std::string path_;
  const std::string name_;
  const int file_;
  off_t size_ = 0;
};

AuditLog::AuditLog(std::string folder, int lock, End end)
    : folder_(std::move(folder)),
      lock_(lock),
      newest_file_(std::move(end.newest_file)),
      head_(std::move(end.head)) {}

absl::StatusOr<AuditLog::End> AuditLog::FindEnd(const std::string& folder) {
  ATTLAS_ASSIGN_OR_RETURN(const std::vector<std::string> files, ListAuditFiles(folder));
  ATTLAS_ASSIGN_OR_RETURN(const AuditHead noted, ReadAuditHead(folder));
  AuditHead end = AuditHead::Beginning();
  const std::string newest =
      files.empty() ? "" : std::filesystem::path(files.back()).filename().string();
  for (auto file = files.rbegin(); file != files.rend(); ++file) {
    ATTLAS_ASSIGN_OR_RETURN(const std::optional<AuditHead> last, Recover(*file));
    if (!last.has_value()) continue;
    end = *last;
    break;
  }
  // The head is written after the records, so it may be behind but never ahead.
  if (end.number < noted.number || (end.number == noted.number && !(end == noted))) {
    return absl::DataLossError(absl::StrCat("the audit log in ", folder, " ends with record ",
                                            end.number, ", but there was ", FormatAuditHead(noted),
                                            "; keep it for inquiry and begin another"));
  }
  return End{end, newest};
}

absl::StatusOr<std::unique_ptr<AuditLog>> AuditLog::Open(const std::string& folder) {
  ATTLAS_ASSIGN_OR_RETURN(const int lock, LockFolder(folder));
  absl::StatusOr<End> end = FindEnd(folder);
  if (!end.ok()) {
    close(lock);
    return end.status();
  }
  std::unique_ptr<AuditLog> log(new AuditLog(folder, lock, *std::move(end)));
  log->writer_ = std::thread([raw = log.get()] { raw->Run(); });
  return log;
}

AuditLog::~AuditLog() {
  {
    const absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  writer_.join();
  close(lock_);
}

absl::Status AuditLog::Check() const {
  const absl::MutexLock lock(&mutex_);
  if (failure_.ok() && queue_.size() < kMostQueued) return absl::OkStatus();
  return graph::MakeError(absl::StatusCode::kUnavailable, "calls cannot be recorded at present",
                          {.reason = "UNAVAILABLE", .metadata = {}, .violations = {}});
}

void AuditLog::Append(AuditRecord record) {
  const absl::MutexLock lock(&mutex_);
  queue_.push_back(std::move(record));
}

AuditHead AuditLog::head() const {
  const absl::MutexLock lock(&mutex_);
  return head_;
}

void AuditLog::Flush() {
  const absl::MutexLock lock(&mutex_);
  const auto is_idle = [this] {
    mutex_.AssertReaderHeld();
    return queue_.empty() && !writing_;
  };
  mutex_.Await(absl::Condition(&is_idle));
}

absl::Status AuditLog::Write(const std::vector<AuditRecord>& batch, size_t* written,
                             AuditHead* head) {
  while (*written < batch.size()) {
    // Files follow one another, even where the clock is set back.
    const std::string name = std::max(newest_file_, AuditFileName(batch[*written].time));
    AuditHead next = *head;
    std::string text;
    size_t end = *written;
    for (; end < batch.size() && AuditFileName(batch[end].time) <= name; ++end) {
      absl::StrAppend(&text, FormatAuditLine(batch[end], &next), "\n");
    }
    if (file_ == nullptr || file_->name() != name) {
      ATTLAS_ASSIGN_OR_RETURN(file_, File::Open(folder_, name));
      newest_file_ = name;
    }
    ATTLAS_RETURN_IF_ERROR(file_->Append(text));
    *head = next;
    *written = end;
  }
  return WriteAuditHead(folder_, *head);
}

bool AuditLog::Take(std::vector<AuditRecord>* batch) {
  const auto has_work = [this] {
    mutex_.AssertReaderHeld();
    return !queue_.empty() || stopping_;
  };
  const absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(&has_work));
  batch->clear();
  batch->swap(queue_);
  writing_ = !batch->empty();
  return writing_;
}

bool AuditLog::Note(const absl::Status& outcome, const AuditHead& head) {
  const absl::MutexLock lock(&mutex_);
  failure_ = outcome;
  head_ = head;
  writing_ = !outcome.ok();
  return outcome.ok() || mutex_.AwaitWithTimeout(absl::Condition(&stopping_), kRetry);
}

void AuditLog::Run() {
  std::vector<AuditRecord> batch;
  AuditHead head = this->head();
  while (Take(&batch)) {
    size_t written = 0;
    while (!Note(Write(batch, &written, &head), head)) {
    }
  }
}

}  // namespace attlas::services
