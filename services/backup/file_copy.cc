#include "services/backup/file_copy.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <limits>
#include <memory>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"

namespace attlas::services {
namespace {

constexpr size_t kBlock = size_t{1} << 16;

// A file descriptor, closed with its owner.
class OpenFile {
 public:
  OpenFile(const std::string& path, int flags)
      : file_(open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (file_ >= 0) close(file_);
  }
  bool ok() const { return file_ >= 0; }
  int get() const { return file_; }

 private:
  const int file_;
};

class Hasher {
 public:
  Hasher() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
  }
  void Add(std::string_view bytes) { EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }
  std::string Hexadecimal() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash;
    unsigned int size = 0;
    EVP_DigestFinal_ex(context_.get(), hash.data(), &size);
    return absl::BytesToHexString(
        absl::string_view(reinterpret_cast<const char*>(hash.data()), size));
  }

 private:
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context_;
};

bool WriteAll(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

// Reads at most `bytes` of a file and gives them to `take`; how many there were.
template <typename Take>
absl::StatusOr<uint64_t> ReadBlocks(const std::string& path, uint64_t bytes, Take take) {
  const OpenFile file(path, O_RDONLY);
  if (!file.ok()) return FileError("cannot read", path);
  const auto block = std::make_unique<std::array<char, kBlock>>();
  uint64_t done = 0;
  while (done < bytes) {
    const size_t wanted = static_cast<size_t>(std::min<uint64_t>(kBlock, bytes - done));
    const ssize_t size = read(file.get(), block->data(), wanted);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return FileError("cannot read", path);
    if (size == 0) break;
    done += static_cast<uint64_t>(size);
    ATTLAS_RETURN_IF_ERROR(take(std::string_view(block->data(), static_cast<size_t>(size))));
  }
  return done;
}

}  // namespace

absl::Status FileError(std::string_view action, const std::string& path) {
  const int error = errno;
  const std::string said = absl::StrCat(graph::ToAbsl(action), " '", path, "': ");
  const auto make = [](absl::StatusCode code, const std::string& message) {
    return graph::MakeError(code, message,
                            {.reason = "STORAGE_UNAVAILABLE", .metadata = {}, .violations = {}});
  };
  switch (error) {
    case ENOENT:
      return absl::NotFoundError(absl::StrCat(said, "it is not there"));
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return make(absl::StatusCode::kResourceExhausted,
                  absl::StrCat(said, "the disk is full; free some space and try again"));
    case EACCES:
    case EPERM:
    case EROFS:
      return make(absl::StatusCode::kPermissionDenied, absl::StrCat(said, std::strerror(error)));
    default:
      return make(absl::StatusCode::kUnavailable, absl::StrCat(said, std::strerror(error)));
  }
}

absl::StatusOr<std::string> HashFile(const std::string& path) {
  Hasher hasher;
  ATTLAS_RETURN_IF_ERROR(
      ReadBlocks(path, std::numeric_limits<uint64_t>::max(), [&](std::string_view block) {
        hasher.Add(block);
        return absl::OkStatus();
      }).status());
  return hasher.Hexadecimal();
}

absl::StatusOr<std::string> CopyFile(const std::string& from, const std::string& to,
                                     std::optional<uint64_t> bytes) {
  const OpenFile file(to, O_WRONLY | O_CREAT | O_TRUNC);
  if (!file.ok()) return FileError("cannot write", to);
  Hasher hasher;
  const auto take = [&](std::string_view block) {
    hasher.Add(block);
    return WriteAll(file.get(), block) ? absl::OkStatus() : FileError("cannot write", to);
  };
  ATTLAS_ASSIGN_OR_RETURN(
      const uint64_t copied,
      ReadBlocks(from, bytes.value_or(std::numeric_limits<uint64_t>::max()), take));
  if (bytes.has_value() && copied != *bytes) {
    return absl::DataLossError(
        absl::StrCat("'", from, "' has ", copied, " bytes where ", *bytes, " are expected"));
  }
  if (fsync(file.get()) != 0) return FileError("cannot write", to);
  return hasher.Hexadecimal();
}

absl::Status WriteWhole(const std::string& path, std::string_view text) {
  const std::string beside = path + ".new";
  {
    const OpenFile file(beside, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file.ok() || !WriteAll(file.get(), text) || fsync(file.get()) != 0) {
      absl::Status error = FileError("cannot write", path);
      unlink(beside.c_str());
      return error;
    }
  }
  if (std::rename(beside.c_str(), path.c_str()) != 0) return FileError("cannot write", path);
  return SyncDirectory(path.substr(0, path.rfind('/')));
}

absl::Status MakeDirectory(const std::string& path) {
  if (mkdir(path.c_str(), 0700) == 0 || errno == EEXIST) return absl::OkStatus();
  return FileError("cannot make", path);
}

absl::Status SyncDirectory(const std::string& path) {
  const OpenFile directory(path.empty() ? "." : path, O_RDONLY | O_DIRECTORY);
  if (!directory.ok() || fsync(directory.get()) != 0) return FileError("cannot sync", path);
  return absl::OkStatus();
}

}  // namespace attlas::services
