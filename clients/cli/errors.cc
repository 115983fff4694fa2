#include "clients/cli/errors.h"

#include <array>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/output/text.h"
#include "google/protobuf/unknown_field_set.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "graph/base/error.h"
#include "graph/base/strings.h"

namespace attlas::cli {
namespace {

using google::protobuf::UnknownField;
using google::protobuf::UnknownFieldSet;
using graph::ErrorDetail;
using graph::ToAbsl;

constexpr char kErrorInfoUrl[] = "type.googleapis.com/google.rpc.ErrorInfo";

// Fields of requests, and what people type for them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kArguments = {{
    {"read.as_of", "--as-of"},
    {"read.at_revision", "--revision"},
    {"read.min_confidence", "--min-confidence"},
    {"grouping", "--region"},
    {"count_by", "--count-by"},
    {"state", "state"},
    {"target", "instrument"},
    {"instrument", "instrument"},
    {"after_revision", "--from"},
    {"max_paths", "--max-paths"},
}};

std::string ArgumentOf(const std::string& field) {
  for (const auto& [of_request, of_command] : kArguments) {
    if (field == of_request) return std::string(of_command);
  }
  return field;
}

// `field: …` with the field as people typed it.
std::string WithArgument(std::string_view message) {
  const size_t colon = message.find(": ");
  if (colon == std::string_view::npos) return std::string(message);
  const std::string field(message.substr(0, colon));
  return absl::StrCat(ArgumentOf(field), ToAbsl(message.substr(colon)));
}

std::string TextOf(const UnknownFieldSet& fields, int number) {
  for (int i = 0; i < fields.field_count(); ++i) {
    const UnknownField& field = fields.field(i);
    if (field.number() == number && field.type() == UnknownField::TYPE_LENGTH_DELIMITED) {
      return field.length_delimited();
    }
  }
  return "";
}

// Reads google.rpc.ErrorInfo, which Debian 12's copy of error_details.proto does not have yet:
// reason = 1, domain = 2, and a map metadata = 3 of key = 1 and value = 2.
void TakeErrorInfo(const std::string& bytes, ErrorDetail* detail) {
  UnknownFieldSet fields;
  if (!fields.ParseFromString(bytes)) return;
  detail->reason = TextOf(fields, 1);
  for (int i = 0; i < fields.field_count(); ++i) {
    const UnknownField& field = fields.field(i);
    UnknownFieldSet entry;
    if (field.number() != 3 || field.type() != UnknownField::TYPE_LENGTH_DELIMITED ||
        !entry.ParseFromString(field.length_delimited())) {
      continue;
    }
    detail->metadata.emplace_back(TextOf(entry, 1), TextOf(entry, 2));
  }
}

std::vector<std::string> SuggestionsOf(const ErrorDetail& detail) {
  std::vector<std::string> names;
  for (const auto& [key, value] : detail.metadata) {
    if (key != "suggestions") continue;
    for (absl::string_view name : absl::StrSplit(value, absl::ByAnyChar(", "), absl::SkipEmpty())) {
      names.emplace_back(name);
    }
  }
  return names;
}

// Where an INVALID_ARGUMENT has violations, they say more than its message.
std::string TextOf(const absl::Status& status, const ErrorDetail& detail) {
  std::string text;
  if (status.code() == absl::StatusCode::kInvalidArgument) {
    for (const graph::FieldViolation& violation : detail.violations) {
      absl::StrAppend(&text, text.empty() ? "" : "; ", ArgumentOf(violation.field),
                      violation.field.empty() ? "" : ": ", violation.description);
    }
  }
  return text.empty() ? WithArgument(graph::ToStd(status.message())) : text;
}

}  // namespace

absl::Status FromGrpcStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  const auto code = static_cast<absl::StatusCode>(status.error_code());
  ErrorDetail detail;
  google::rpc::Status rpc;
  if (!status.error_details().empty() && rpc.ParseFromString(status.error_details())) {
    for (const google::protobuf::Any& any : rpc.details()) {
      if (any.type_url() == kErrorInfoUrl) TakeErrorInfo(any.value(), &detail);
      google::rpc::BadRequest bad_request;
      if (!any.UnpackTo(&bad_request)) continue;
      for (const auto& violation : bad_request.field_violations()) {
        detail.violations.push_back({violation.field(), violation.description()});
      }
    }
  }
  std::string message = status.error_message();
  if (message.empty()) message = absl::StrCat(absl::StatusCodeToString(code), " without a message");
  return graph::MakeError(code, message, detail);
}

std::string FormatError(const absl::Status& status) {
  const ErrorDetail detail = graph::GetErrorDetail(status).value_or(ErrorDetail());
  std::string text = TextOf(status, detail);
  const std::vector<std::string> names = SuggestionsOf(detail);
  // A message that names the nearest ones itself is not made longer.
  if (!names.empty() && text.find(names.front()) == std::string::npos) {
    absl::StrAppend(&text, "; ", DidYouMean(names));
  }
  return absl::StrCat("attlas: ", ForTerminal(text));
}

int ExitCode(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return kExitOk;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
      return kExitBadArguments;
    case absl::StatusCode::kNotFound:
      return kExitNotFound;
    case absl::StatusCode::kUnavailable:
      return kExitUnavailable;
    default:
      return kExitOther;
  }
}

std::string DidYouMean(const std::vector<std::string>& names) {
  if (names.empty()) return "";
  std::string text = "did you mean ";
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    absl::StrAppend(&text, "`", names[i], "`");
  }
  return text + "?";
}

}  // namespace attlas::cli
