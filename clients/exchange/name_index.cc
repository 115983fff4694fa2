#include "clients/exchange/name_index.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/unorm2.h>

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "graph/base/utf8.h"
#include "graph/ontology/ontology.h"

namespace attlas::exchange {
namespace {

constexpr size_t kMostSuggestions = 2;

icu::UnicodeString Decomposed(std::string_view text) {
  const icu::UnicodeString read = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* decomposer = unorm2_getNFKDInstance(&error);
  std::vector<UChar> parts(static_cast<size_t>(read.length()) * 4 + 16);
  const int32_t length = unorm2_normalize(decomposer, read.getBuffer(), read.length(), parts.data(),
                                          static_cast<int32_t>(parts.size()), &error);
  return U_SUCCESS(error) ? icu::UnicodeString(parts.data(), length) : read;
}

std::string WithoutBrackets(std::string_view text) {
  std::string kept;
  int depth = 0;
  for (const char c : text) {
    if (c == '(' || c == '[') ++depth;
    if (depth == 0) kept += c;
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  return kept;
}

}  // namespace

std::string FoldName(std::string_view text) {
  const icu::UnicodeString parts = Decomposed(text);
  icu::UnicodeString folded;
  bool gap = false;
  for (int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) {
    const UChar32 c = parts.char32At(i);
    if (u_isalnum(c) != 0) {
      if (gap && !folded.isEmpty()) folded.append(static_cast<UChar32>(' '));
      gap = false;
      folded.append(u_tolower(c));
    } else if (u_charType(c) != U_NON_SPACING_MARK && c != 0x27 && c != 0x2019) {
      // Neither an accent nor an apostrophe parts a word.
      gap = true;
    }
  }
  std::string out;
  folded.toUTF8String(out);
  return out;
}

void NameIndex::AddName(std::string_view text, const std::string& node) {
  const std::string folded = FoldName(text);
  if (folded.empty()) return;
  nodes_[folded].insert(node);
  shown_.try_emplace(folded, text);
}

void NameIndex::Add(const graph::Node& node) {
  const std::string& name = node.name();
  AddName(node.display_name(), name);
  for (const std::string& alias : node.aliases()) AddName(alias, name);
  AddName(graph::TextProperty(node.properties(), "official_name"), name);
  nodes_[FoldName(name)].insert(name);
  nodes_[FoldName(name.substr(name.find('/') + 1))].insert(name);
}

absl::StatusOr<std::string> NameIndex::Find(std::string_view text) const {
  for (const std::string& form : {std::string(text), WithoutBrackets(text)}) {
    const auto found = nodes_.find(FoldName(form));
    if (found == nodes_.end()) continue;
    if (found->second.size() == 1) return *found->second.begin();
    return absl::InvalidArgumentError(absl::StrCat("`", graph::Printable(text), "` is the name of ",
                                                   absl::StrJoin(found->second, " and of "),
                                                   "; write the one that is meant"));
  }
  std::vector<std::string> folded;
  for (const auto& [name, shown] : shown_) folded.push_back(name);
  std::vector<std::string> nearest;
  for (const std::string& name : graph::NearestNames(FoldName(text), folded, kMostSuggestions)) {
    nearest.push_back(shown_.at(name));
  }
  return absl::NotFoundError(absl::StrCat(
      "`", graph::Printable(text), "` is no name that the graph knows; ",
      nearest.empty() ? "write its code, or map it"
                      : absl::StrCat("did you mean `", absl::StrJoin(nearest, "` or `"), "`?")));
}

}  // namespace attlas::exchange
