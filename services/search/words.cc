#include "services/search/words.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf8.h>

#include <array>
#include <utility>

namespace attlas::search {
namespace {

// More than any character decomposes into.
constexpr int kMaxDecomposition = 32;

const UNormalizer2* Decomposer() {
  static const UNormalizer2* const decomposer = [] {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2* const made = unorm2_getNFKDInstance(&error);
    return U_SUCCESS(error) ? made : nullptr;
  }();
  return decomposer;
}

void AppendUtf8(UChar32 character, std::string* out) {
  std::array<uint8_t, U8_MAX_LENGTH> bytes{};
  int32_t length = 0;
  UBool error = 0;
  U8_APPEND(bytes.data(), length, U8_MAX_LENGTH, character, error);
  if (error == 0) out->append(reinterpret_cast<const char*>(bytes.data()), length);
}

bool IsAccent(UChar32 character) { return u_charType(character) == U_NON_SPACING_MARK; }

// Appends the letters and digits that a character consists of; nothing for one that parts words.
void AppendFolded(UChar32 character, std::string* out) {
  if (character < 0x80) {
    if (u_isalnum(character) != 0) out->push_back(static_cast<char>(u_tolower(character)));
    return;
  }
  std::array<UChar, kMaxDecomposition> parts{};
  UErrorCode error = U_ZERO_ERROR;
  const int32_t count = Decomposer() == nullptr
                            ? -1
                            : unorm2_getDecomposition(Decomposer(), character, parts.data(),
                                                      kMaxDecomposition, &error);
  if (count < 0 || U_FAILURE(error)) {
    if (u_isalnum(character) != 0) AppendUtf8(u_tolower(character), out);
    return;
  }
  for (int32_t i = 0; i < count;) {
    UChar32 part = 0;
    U16_NEXT(parts.data(), i, count, part);
    if (u_isalnum(part) != 0) AppendUtf8(u_tolower(part), out);
  }
}

}  // namespace

std::vector<Word> SplitWords(std::string_view text) {
  std::vector<Word> words;
  Word word;
  const auto* const bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto length = static_cast<int32_t>(text.size());
  std::string folded;
  for (int32_t at = 0; at < length;) {
    const auto begin = static_cast<size_t>(at);
    UChar32 character = 0;
    U8_NEXT(bytes, at, length, character);
    folded.clear();
    if (character >= 0) AppendFolded(character, &folded);
    if (!folded.empty()) {
      if (word.folded.empty()) word.begin = begin;
      if (word.folded.size() + folded.size() <= kMaxWordBytes) word.folded += folded;
      word.end = static_cast<size_t>(at);
    } else if (character >= 0 && IsAccent(character)) {
      // It belongs to the letter before it.
      if (!word.folded.empty()) word.end = static_cast<size_t>(at);
    } else if (!word.folded.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  if (!word.folded.empty()) words.push_back(std::move(word));
  return words;
}

std::string FoldName(std::string_view text) {
  std::string folded;
  for (const Word& word : SplitWords(text)) {
    if (!folded.empty()) folded.push_back(' ');
    folded += word.folded;
  }
  return folded;
}

}  // namespace attlas::search
