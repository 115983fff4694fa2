#include "services/backup/manifest_file.h"

#include <google/protobuf/text_format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "graph/base/error.h"
#include "services/access/sha256.h"
#include "services/backup/file_copy.h"

namespace attlas::services {
namespace {

constexpr std::string_view kSuffix = ".textproto";
constexpr std::string_view kHashLine = "# sha256 ";

std::string HashLine(std::string_view text) {
  return absl::StrCat(std::string(kHashLine), absl::BytesToHexString(Sha256(text)), "\n");
}

absl::Status Damaged(const std::string& path, const char* what) {
  return graph::MakeError(absl::StatusCode::kDataLoss,
                          absl::StrCat("the manifest '", path, "' ", what),
                          {.reason = "DATA_LOSS", .metadata = {}, .violations = {}});
}

}  // namespace

std::string ManifestName(uint32_t number) {
  return absl::StrCat(absl::StrFormat("%06d", number), std::string(kSuffix));
}

std::vector<uint32_t> ListManifests(const std::string& folder) {
  std::vector<uint32_t> numbers;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    uint32_t number = 0;
    if (!name.ends_with(kSuffix)) continue;
    if (!absl::SimpleAtoi(name.substr(0, name.size() - kSuffix.size()), &number)) continue;
    if (name == ManifestName(number)) numbers.push_back(number);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

absl::StatusOr<storage::v1::BackupManifest> ReadManifest(const std::string& folder,
                                                         uint32_t number) {
  const std::string path = absl::StrCat(folder, "/", ManifestName(number));
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(absl::StrCat("there is no backup ", number));
  std::stringstream buffer;
  buffer << file.rdbuf();
  const std::string text = buffer.str();
  const size_t hash = text.rfind(kHashLine);
  if (hash == std::string::npos || text.substr(hash) != HashLine(text.substr(0, hash))) {
    return Damaged(path, "is not as it was written");
  }
  storage::v1::BackupManifest manifest;
  if (!google::protobuf::TextFormat::ParseFromString(text, &manifest)) {
    return Damaged(path, "cannot be read; a newer program may have written it");
  }
  if (manifest.number() != number) return Damaged(path, "is that of another backup");
  return manifest;
}

absl::Status WriteManifest(const std::string& folder, const storage::v1::BackupManifest& manifest) {
  std::string text;
  google::protobuf::TextFormat::PrintToString(manifest, &text);
  return WriteWhole(absl::StrCat(folder, "/", ManifestName(manifest.number())),
                    text + HashLine(text));
}

}  // namespace attlas::services
