#include "services/common/answer_key.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "graph/model/statement.h"

namespace attlas::services {
namespace {

void AppendNumber(uint64_t number, std::string* key) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    key->push_back(static_cast<char>((number >> shift) & 0xFF));
  }
}

void AppendPart(std::string_view part, std::string* key) {
  AppendNumber(part.size(), key);
  key->append(part);
}

void AppendClearance(const graph::Clearance& clearance, std::string* key) {
  AppendNumber(static_cast<uint64_t>(graph::EffectiveLevel(clearance.level)), key);
  AppendNumber(clearance.all_spaces ? 1 : 0, key);
  std::vector<std::string_view> spaces;
  if (!clearance.all_spaces) spaces.assign(clearance.spaces.begin(), clearance.spaces.end());
  std::sort(spaces.begin(), spaces.end());
  spaces.erase(std::unique(spaces.begin(), spaces.end()), spaces.end());
  AppendNumber(spaces.size(), key);
  for (std::string_view space : spaces) AppendPart(space, key);
}

}  // namespace

std::string AnswerKey(const AnswerKeyParts& parts) {
  std::string key;
  AppendPart(parts.method, &key);
  AppendPart(parts.revision, &key);
  AppendNumber(static_cast<uint64_t>(parts.today.year()), &key);
  AppendNumber(static_cast<uint64_t>(parts.today.month()), &key);
  AppendNumber(static_cast<uint64_t>(parts.today.day()), &key);
  AppendClearance(parts.clearance, &key);
  AppendPart(graph::SerializeDeterministic(parts.request), &key);
  return key;
}

}  // namespace attlas::services
