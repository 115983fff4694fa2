#include "clients/cli/output/text.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "graph/base/utf8.h"

namespace attlas::cli {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Combining marks, joiners and variation selectors: drawn over their neighbour.
constexpr Range kZeroWidth[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489},  {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F},
    {0x0E31, 0x0E31}, {0x0E34, 0x0E3A},  {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},
    {0x200B, 0x200F}, {0x2060, 0x2064},  {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
    {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF}};

// East Asian Width W and F, and pictographs.
constexpr Range kDoubleWidth[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};

template <size_t kSize>
bool IsIn(const Range (&ranges)[kSize], char32_t point) {
  const Range* found =
      std::upper_bound(std::begin(ranges), std::end(ranges), point,
                       [](char32_t value, const Range& range) { return value < range.first; });
  return found != std::begin(ranges) && point <= std::prev(found)->last;
}

size_t PointWidth(char32_t point) {
  if (IsIn(kZeroWidth, point)) return 0;
  return IsIn(kDoubleWidth, point) ? 2 : 1;
}

// Takes the first character off `text`, which is not empty and well-formed.
std::string_view TakeCharacter(std::string_view* text, size_t* width) {
  const auto lead = static_cast<unsigned char>(text->front());
  const size_t wanted = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  const size_t size = std::min(wanted, text->size());
  char32_t point = size == 1 ? lead : lead & (0xFFu >> (size + 1));
  for (size_t i = 1; i < size; ++i) {
    point = point << 6 | (static_cast<unsigned char>((*text)[i]) & 0x3Fu);
  }
  const std::string_view character = text->substr(0, size);
  text->remove_prefix(size);
  *width = PointWidth(point);
  return character;
}

bool IsBreakAfter(std::string_view character) {
  return character == "-" || character == "/" || character == "." || character == "_";
}

// The bytes of the longest head of `word` that fits `width`, broken after a mark where there is
// one; at least one character.
size_t HeadThatFits(std::string_view word, size_t width) {
  size_t used = 0;
  size_t fits = 0;
  size_t after_mark = 0;
  std::string_view rest = word;
  while (!rest.empty()) {
    size_t character_width = 0;
    const std::string_view character = TakeCharacter(&rest, &character_width);
    if (used + character_width > width && fits > 0) break;
    used += character_width;
    fits += character.size();
    if (IsBreakAfter(character)) after_mark = fits;
  }
  if (fits == word.size()) return fits;
  return after_mark > 0 ? after_mark : fits;
}

}  // namespace

size_t DisplayWidth(std::string_view text) {
  size_t total = 0;
  while (!text.empty()) {
    size_t width = 0;
    TakeCharacter(&text, &width);
    total += width;
  }
  return total;
}

std::string ForTerminal(std::string_view text) {
  std::string spaced;
  for (char character : text) {
    const bool space =
        character == ' ' || character == '\t' || character == '\n' || character == '\r';
    if (!space) spaced.push_back(character);
    if (space && !spaced.empty() && spaced.back() != ' ') spaced.push_back(' ');
  }
  while (!spaced.empty() && spaced.back() == ' ') spaced.pop_back();
  return graph::Printable(spaced, std::numeric_limits<size_t>::max());
}

std::string Shorten(std::string_view text, size_t width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  std::string kept;
  size_t used = 0;
  while (!text.empty()) {
    size_t character_width = 0;
    const std::string_view character = TakeCharacter(&text, &character_width);
    if (used + character_width + 1 > width) break;
    kept += character;
    used += character_width;
  }
  while (!kept.empty() && kept.back() == ' ') kept.pop_back();
  return kept + "…";
}

std::vector<std::string> Wrap(std::string_view text, size_t width) {
  std::vector<std::string> lines(1);
  size_t used = 0;
  while (!text.empty()) {
    const size_t space = text.find(' ');
    std::string_view word = text.substr(0, space);
    text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
    while (!word.empty()) {
      const size_t gap = used == 0 ? 0 : 1;
      const size_t word_width = DisplayWidth(word);
      if (used + gap + word_width <= width) {
        if (gap != 0) lines.back() += ' ';
        lines.back() += word;
        used += gap + word_width;
        break;
      }
      if (used > 0) {
        lines.emplace_back();
        used = 0;
        continue;
      }
      const size_t head = HeadThatFits(word, width);
      lines.back() += word.substr(0, head);
      word.remove_prefix(head);
      // What is left of the word starts a line of its own.
      if (!word.empty()) lines.emplace_back();
      if (word.empty()) used = DisplayWidth(lines.back());
    }
  }
  return lines;
}

std::string Pad(std::string_view text, size_t width, bool right) {
  const size_t taken = DisplayWidth(text);
  const std::string spaces(width > taken ? width - taken : 0, ' ');
  return right ? spaces + std::string(text) : std::string(text) + spaces;
}

}  // namespace attlas::cli
