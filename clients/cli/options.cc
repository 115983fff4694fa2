#include "clients/cli/options.h"

#include <algorithm>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "graph/base/utf8.h"
#include "graph/model/date.h"

namespace attlas::cli {
namespace {

using graph::ToAbsl;

// A number alone is seconds.
bool ParseTimeout(std::string_view text, absl::Duration* timeout) {
  double seconds = 0;
  if (absl::SimpleAtod(ToAbsl(text), &seconds)) {
    *timeout = absl::Seconds(seconds);
    return true;
  }
  return absl::ParseDuration(ToAbsl(text), timeout);
}

}  // namespace

const std::vector<std::string>& OutputForms() {
  static const auto* const kForms = new std::vector<std::string>{"table", "json", "csv"};
  return *kForms;
}

const std::vector<std::string>& ConfidenceNames() {
  static const auto* const kNames =
      new std::vector<std::string>{"unverified", "recalled", "structure-seen", "seen"};
  return *kNames;
}

std::string AddressOf(const CommonOptions& options) {
  if (!options.address.empty()) return options.address;
  const char* variable = std::getenv(kAddressVariable);
  return variable != nullptr && *variable != '\0' ? variable : kDefaultAddress;
}

absl::StatusOr<size_t> ChoiceOf(std::string_view option, std::string_view text,
                                const std::vector<std::string>& values) {
  const auto found = std::find(values.begin(), values.end(), absl::AsciiStrToLower(ToAbsl(text)));
  if (found != values.end()) return static_cast<size_t>(found - values.begin());
  return graph::InvalidField(option, absl::StrCat("`", graph::Printable(text), "` is none of ",
                                                  absl::StrJoin(values, ", ")));
}

absl::StatusOr<OutputForm> OutputFormOf(const CommonOptions& options, OutputForm usual) {
  if (options.output.empty()) return usual;
  ATTLAS_ASSIGN_OR_RETURN(const size_t choice, ChoiceOf("--output", options.output, OutputForms()));
  return static_cast<OutputForm>(choice);
}

absl::StatusOr<absl::Duration> TimeoutOf(const CommonOptions& options, absl::Duration usual) {
  if (options.timeout.empty()) return usual;
  absl::Duration timeout;
  if (!ParseTimeout(options.timeout, &timeout) || timeout <= absl::ZeroDuration()) {
    return graph::InvalidField(
        "--timeout", absl::StrCat("`", graph::Printable(options.timeout),
                                  "` is no time to wait; write seconds as 5, or 500ms, or 2m"));
  }
  return timeout;
}

absl::StatusOr<graph::v1::Date> DateOf(std::string_view option, std::string_view text) {
  absl::StatusOr<graph::v1::Date> date = graph::ParseDate(text);
  if (date.ok()) return date;
  return graph::InvalidField(
      option, absl::StrCat("`", graph::Printable(text),
                           "` is no date; write YYYY-MM-DD, YYYY-MM or YYYY, as 2024-08-31"));
}

absl::StatusOr<graph::v1::ReadOptions> ReadOptionsOf(const CommonOptions& options) {
  graph::v1::ReadOptions read;
  if (!options.as_of.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(*read.mutable_as_of(), DateOf("--as-of", options.as_of));
  }
  if (!options.revision.empty()) read.set_at_revision(options.revision);
  if (!options.min_confidence.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(
        const size_t choice,
        ChoiceOf("--min-confidence", options.min_confidence, ConfidenceNames()));
    // The names are in the order of the enumeration, which starts with `unspecified`.
    read.set_min_confidence(static_cast<graph::v1::Confidence>(choice + 1));
  }
  return read;
}

}  // namespace attlas::cli
