#include "graph/store/record.h"

#include <bit>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"

namespace attlas::graph {
namespace {

constexpr size_t kNodeHotBytes = 6;
constexpr size_t kEdgeHotBytes = 22;
constexpr size_t kHeaderBytes = 9;  // Revision and flags.
constexpr uint8_t kDeletedFlag = 1;
constexpr uint8_t kRedactedFlag = 2;

template <typename T>
void PutLittle(T value, std::string* out) {
  char bytes[sizeof(T)];
  for (size_t i = 0; i < sizeof(T); ++i) {
    bytes[i] = static_cast<char>(static_cast<uint64_t>(value) >> (8 * i));
  }
  out->append(bytes, sizeof(T));
}

template <typename T>
T GetLittle(std::string_view bytes, size_t at) {
  uint64_t value = 0;
  for (size_t i = 0; i < sizeof(T); ++i) {
    value |= uint64_t{static_cast<uint8_t>(bytes[at + i])} << (8 * i);
  }
  return static_cast<T>(value);
}

template <typename T>
void PutBig(T value, std::string* out) {
  char bytes[sizeof(T)];
  for (size_t i = 0; i < sizeof(T); ++i) {
    bytes[i] = static_cast<char>(value >> (8 * (sizeof(T) - 1 - i)));
  }
  out->append(bytes, sizeof(T));
}

template <typename T>
T GetBig(std::string_view bytes, size_t at) {
  uint64_t value = 0;
  for (size_t i = 0; i < sizeof(T); ++i) {
    value = (value << 8) | static_cast<uint8_t>(bytes[at + i]);
  }
  return static_cast<T>(value);
}

absl::Status Damaged(std::string_view what) {
  return MakeError(
      absl::StatusCode::kDataLoss,
      absl::StrCat("the store holds a damaged ", std::string(what), "; restore a backup"),
      {.reason = "DATA_LOSS", .metadata = {}, .violations = {}});
}

size_t HotBytes(EntityKind kind) {
  return kind == EntityKind::kNode ? kNodeHotBytes : kEdgeHotBytes;
}

}  // namespace

void EncodeHot(EntityKind kind, const HotRecord& hot, std::string* out) {
  PutLittle(hot.type, out);
  PutLittle(hot.level, out);
  PutLittle(hot.confidence, out);
  PutLittle(hot.space, out);
  if (kind == EntityKind::kNode) return;
  PutLittle(hot.from, out);
  PutLittle(hot.to, out);
  PutLittle(static_cast<uint32_t>(hot.valid_from), out);
  PutLittle(static_cast<uint32_t>(hot.valid_to), out);
}

absl::StatusOr<HotRecord> DecodeHot(EntityKind kind, std::string_view bytes) {
  if (bytes.size() != HotBytes(kind)) return Damaged("hot record");
  HotRecord hot;
  hot.type = GetLittle<uint16_t>(bytes, 0);
  hot.level = GetLittle<uint8_t>(bytes, 2);
  hot.confidence = GetLittle<uint8_t>(bytes, 3);
  hot.space = GetLittle<uint16_t>(bytes, 4);
  if (kind == EntityKind::kNode) return hot;
  hot.from = GetLittle<uint32_t>(bytes, 6);
  hot.to = GetLittle<uint32_t>(bytes, 10);
  hot.valid_from = std::bit_cast<DayNumber>(GetLittle<uint32_t>(bytes, 14));
  hot.valid_to = std::bit_cast<DayNumber>(GetLittle<uint32_t>(bytes, 18));
  return hot;
}

std::string EncodeRecord(EntityKind kind, const StoredRecord& record) {
  std::string out;
  out.reserve(kHeaderBytes + kEdgeHotBytes + record.body.size());
  PutLittle(record.revision, &out);
  const int flags = (record.deleted ? kDeletedFlag : 0) | (record.redacted ? kRedactedFlag : 0);
  PutLittle(static_cast<uint8_t>(flags), &out);
  EncodeHot(kind, record.hot, &out);
  out += record.body;
  return out;
}

absl::StatusOr<StoredRecord> DecodeRecord(EntityKind kind, std::string_view bytes) {
  const size_t body_at = kHeaderBytes + HotBytes(kind);
  if (bytes.size() < body_at) return Damaged("record");
  StoredRecord record;
  record.revision = GetLittle<uint64_t>(bytes, 0);
  const auto flags = GetLittle<uint8_t>(bytes, 8);
  record.deleted = (flags & kDeletedFlag) != 0;
  record.redacted = (flags & kRedactedFlag) != 0;
  absl::StatusOr<HotRecord> hot = DecodeHot(kind, bytes.substr(kHeaderBytes, HotBytes(kind)));
  if (!hot.ok()) return hot.status();
  record.hot = *hot;
  record.body = std::string(bytes.substr(body_at));
  return record;
}

std::string EntityKey(EntityId id) {
  std::string key;
  key.push_back(static_cast<char>(id.kind));
  PutBig(id.ordinal, &key);
  return key;
}

std::string HistoryKey(EntityId id, uint64_t revision) {
  std::string key = EntityKey(id);
  PutBig(~revision, &key);
  return key;
}

std::string RevisionKey(uint64_t revision) {
  std::string key;
  PutBig(revision, &key);
  return key;
}

std::string CitationKey(uint32_t source, EntityId id) {
  std::string key;
  PutBig(source, &key);
  key.push_back(static_cast<char>(id.kind));
  PutBig(id.ordinal, &key);
  return key;
}

absl::StatusOr<EntityId> DecodeEntityKey(std::string_view key) {
  if (key.size() < 5 || key[0] < 1 || key[0] > 2) return Damaged("key");
  return EntityId{static_cast<EntityKind>(key[0]), GetBig<uint32_t>(key, 1)};
}

absl::StatusOr<uint64_t> DecodeHistoryRevision(std::string_view key) {
  if (key.size() != 13) return Damaged("history key");
  return ~GetBig<uint64_t>(key, 5);
}

absl::StatusOr<EntityId> DecodeCitationKey(std::string_view key) {
  if (key.size() != 9) return Damaged("citation key");
  return DecodeEntityKey(key.substr(4));
}

absl::StatusOr<uint32_t> DecodeCitedSource(std::string_view key) {
  if (key.size() != 9) return Damaged("citation key");
  uint32_t source = 0;
  for (const char c : key.substr(0, 4)) source = source << 8 | static_cast<uint8_t>(c);
  return source;
}

std::string EncodeEntity(EntityId id) { return EntityKey(id); }

absl::StatusOr<EntityId> DecodeEntity(std::string_view bytes) {
  if (bytes.size() != 5) return Damaged("name entry");
  return DecodeEntityKey(bytes);
}

}  // namespace attlas::graph
