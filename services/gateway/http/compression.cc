#include "services/gateway/http/compression.h"

#include <zlib.h>

#include <algorithm>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "graph/base/strings.h"

namespace attlas::gateway {
namespace {

constexpr int kGzipWindow = MAX_WBITS + 16;  // zlib's way to ask for gzip.
constexpr int kMemory = 8;
constexpr size_t kStep = 64 << 10;

Bytef* Input(std::string_view bytes) {
  return const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
}

// Ends the state of zlib on every way out.
struct InflateState {
  z_stream stream{};
  bool good = inflateInit2(&stream, kGzipWindow) == Z_OK;
  ~InflateState() { inflateEnd(&stream); }
};

}  // namespace

std::string Gzip(std::string_view bytes, Effort effort) {
  z_stream stream{};
  const int level = effort == Effort::kBest ? Z_BEST_COMPRESSION : Z_BEST_SPEED;
  if (deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, kMemory, Z_DEFAULT_STRATEGY) != Z_OK) {
    return {};
  }
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = Input(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

absl::StatusOr<std::string> Gunzip(std::string_view bytes, size_t max_bytes) {
  InflateState state;
  if (!state.good) return absl::InternalError("gzip has no memory");
  z_stream& stream = state.stream;
  stream.next_in = Input(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string out;
  int result = Z_OK;
  while (result != Z_STREAM_END) {
    const size_t done = out.size();
    // One byte beyond the bound tells what fits from what does not.
    const size_t step = std::min(kStep, max_bytes + 1 - done);
    out.resize(done + step);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + done);
    stream.avail_out = static_cast<uInt>(step);
    result = inflate(&stream, Z_NO_FLUSH);
    out.resize(done + step - stream.avail_out);
    if (out.size() > max_bytes) {
      return absl::ResourceExhaustedError(
          absl::StrCat("the message is larger than ", max_bytes, " bytes once it is decompressed"));
    }
    // A member may be followed by another.
    if (result == Z_STREAM_END && stream.avail_in > 0) {
      if (inflateReset(&stream) != Z_OK) return absl::InternalError("gzip has no memory");
      result = Z_OK;
      continue;
    }
    const bool stuck =
        result == Z_BUF_ERROR || (result == Z_OK && stream.avail_in == 0 && stream.avail_out > 0);
    if (stuck || (result != Z_OK && result != Z_STREAM_END)) {
      return absl::InvalidArgumentError("the message is no gzip, or only a part of it");
    }
  }
  return out;
}

bool AcceptsGzip(std::string_view accept_encoding) {
  for (absl::string_view entry : absl::StrSplit(graph::ToAbsl(accept_encoding), ',')) {
    const size_t semicolon = entry.find(';');
    const absl::string_view coding = absl::StripAsciiWhitespace(entry.substr(0, semicolon));
    if (!absl::EqualsIgnoreCase(coding, kGzip) && coding != "*") continue;
    if (semicolon == absl::string_view::npos) return true;
    absl::string_view weight = absl::StripAsciiWhitespace(entry.substr(semicolon + 1));
    double q = 1;
    if (absl::ConsumePrefix(&weight, "q=") && absl::SimpleAtod(weight, &q)) return q > 0;
    return true;
  }
  return false;
}

}  // namespace attlas::gateway
