#include "graph/model/name.h"

#include <openssl/evp.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "graph/base/strings.h"
#include "graph/base/utf8.h"

namespace attlas::graph {
namespace {

constexpr std::string_view kEdgePrefix = "edges/";
constexpr size_t kEdgeIdLength = 26;  // 128 bits in groups of 5.

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

bool IsCollection(std::string_view text) {
  for (const char c : text) {
    if (!IsLower(c) && !IsDigit(c) && c != '-') return false;
  }
  return !text.empty();
}

bool IsId(std::string_view text) {
  for (const char c : text) {
    if (!IsLower(c) && !IsUpper(c) && !IsDigit(c) && c != '-') return false;
  }
  return !text.empty();
}

absl::Status BadName(std::string_view name, std::string_view problem) {
  return absl::InvalidArgumentError(absl::StrCat("`", Printable(name), "` ", ToAbsl(problem)));
}

// A number of fixed width, so that the parts of a hashed key cannot run into one another.
void AppendDelimited(std::string_view part, std::string* bytes) {
  for (int shift = 0; shift < 32; shift += 8) {
    bytes->push_back(static_cast<char>((part.size() >> shift) & 0xff));
  }
  bytes->append(part);
}

// The algorithm is fetched once and the context kept, since looking up the algorithm costs several
// times as much as the hash itself.
std::array<uint8_t, EVP_MAX_MD_SIZE> Sha256(std::string_view bytes) {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
      EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  std::array<uint8_t, EVP_MAX_MD_SIZE> digest{};
  const bool done = EVP_DigestInit_ex2(context.get(), algorithm, nullptr) == 1 &&
                    EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1 &&
                    EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) == 1;
  // Without the hash no statement has an identity; there is nothing sensible to go on with.
  if (!done) std::abort();
  return digest;
}

}  // namespace

absl::StatusOr<ResourceName> ParseResourceName(std::string_view name) {
  if (name.size() > kMaxNameBytes) {
    return BadName(name, absl::StrCat("is too long: ", name.size(), " bytes, at most ",
                                      kMaxNameBytes, " are allowed"));
  }
  const size_t slash = name.find('/');
  if (slash == std::string_view::npos) {
    return BadName(name, "is not a resource name; write <collection>/<id>, such as states/IDN");
  }
  const ResourceName parsed{name.substr(0, slash), name.substr(slash + 1)};
  if (!IsCollection(parsed.collection)) {
    return BadName(name,
                   "is not a resource name: a collection is made of lower-case letters, digits and "
                   "hyphens, as in states/IDN");
  }
  if (!IsId(parsed.id)) {
    return BadName(name,
                   "is not a resource name: an id is made of letters, digits and hyphens, as in "
                   "states/IDN");
  }
  return parsed;
}

bool IsEdgeName(std::string_view name) {
  return name.starts_with(kEdgePrefix) && name.size() <= kMaxNameBytes &&
         IsId(name.substr(kEdgePrefix.size()));
}

std::string DeriveEdgeName(std::string_view type, std::string_view from, std::string_view to,
                           std::string_view qualifier) {
  static constexpr char kAlphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
  std::string bytes;
  bytes.reserve(type.size() + from.size() + to.size() + qualifier.size() + 16);
  for (const std::string_view part : {type, from, to, qualifier}) AppendDelimited(part, &bytes);
  const auto digest = Sha256(bytes);

  std::string name(kEdgePrefix);
  uint32_t bits = 0;
  int bit_count = 0;
  size_t next = 0;
  for (size_t i = 0; i < kEdgeIdLength; ++i) {
    if (bit_count < 5) {
      // The 17th byte would be beyond the 128 bits; zeros pad the last group.
      bits = (bits << 8) | (next < 16 ? digest[next] : 0u);
      ++next;
      bit_count += 8;
    }
    bit_count -= 5;
    name.push_back(kAlphabet[(bits >> bit_count) & 31]);
  }
  return name;
}

}  // namespace attlas::graph
