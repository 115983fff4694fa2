#include "clients/cli/render/words.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "clients/cli/names.h"
#include "google/protobuf/descriptor.h"
#include "graph/base/strings.h"
#include "graph/model/date.h"

namespace attlas::cli {
namespace {

using graph::ToAbsl;
using instruments::v1::NamedNode;
using instruments::v1::ParticipationStatus;
using instruments::v1::StatusCounts;

// `CommitmentClass` as `COMMITMENT_CLASS_`.
std::string PrefixOf(const std::string& type_name) {
  std::string prefix;
  for (char letter : type_name) {
    if (absl::ascii_isupper(static_cast<unsigned char>(letter)) && !prefix.empty()) prefix += '_';
    prefix += absl::ascii_toupper(static_cast<unsigned char>(letter));
  }
  return prefix + '_';
}

}  // namespace

std::string EnumWord(const google::protobuf::EnumDescriptor* type, int value) {
  if (value == 0) return "";
  const google::protobuf::EnumValueDescriptor* known = type->FindValueByNumber(value);
  if (known == nullptr) return absl::StrCat("value ", value);
  const std::string prefix = PrefixOf(type->name());
  absl::string_view name = known->name();
  if (name.substr(0, prefix.size()) == prefix) name.remove_prefix(prefix.size());
  return absl::StrReplaceAll(absl::AsciiStrToLower(name), {{"_", " "}});
}

std::string DateText(const graph::v1::Date& date) { return graph::FormatDate(date); }

std::string Called(const NamedNode& node) {
  return node.display_name().empty() ? std::string(IdOf(node.name())) : node.display_name();
}

std::string CalledWithId(const NamedNode& node) {
  return absl::StrCat(Called(node), " (", node.name(), ")");
}

std::string CalledList(const NamedNodes& nodes, std::string_view separator) {
  std::vector<std::string> names;
  for (const NamedNode& node : nodes) names.push_back(Called(node));
  return absl::StrJoin(names, ToAbsl(separator));
}

std::string NameList(const NamedNodes& nodes) {
  std::vector<std::string> names;
  for (const NamedNode& node : nodes) names.push_back(node.name());
  return absl::StrJoin(names, ";");
}

std::string Joined(const Names& names, std::string_view separator) {
  return absl::StrJoin(names, ToAbsl(separator));
}

std::string YesNo(bool value) { return value ? "yes" : "no"; }

std::string Number(long long value) { return absl::StrCat(value); }

std::string Counted(long long count, std::string_view singular) {
  return absl::StrCat(count, " ", ToAbsl(singular), count == 1 ? "" : "s");
}

Tone ToneOf(ParticipationStatus status) {
  switch (status) {
    case instruments::v1::PARTICIPATION_STATUS_PARTY:
    case instruments::v1::PARTICIPATION_STATUS_ENDORSER:
      return Tone::kGood;
    case instruments::v1::PARTICIPATION_STATUS_CONSENTED:
    case instruments::v1::PARTICIPATION_STATUS_SIGNATORY:
      return Tone::kFair;
    case instruments::v1::PARTICIPATION_STATUS_WITHDRAWN:
      return Tone::kPoor;
    case instruments::v1::PARTICIPATION_STATUS_UNKNOWN:
      return Tone::kDim;
    default:
      return Tone::kPlain;
  }
}

Footnotes::Footnotes(
    const google::protobuf::RepeatedPtrField<instruments::v1::Statement>& statements,
    const google::protobuf::RepeatedPtrField<instruments::v1::Source>& sources) {
  for (const auto& statement : statements) statements_.emplace(statement.name(), &statement);
  for (const auto& source : sources) sources_.emplace(source.name(), &source);
}

std::vector<std::string> Footnotes::SourcesOf(const Names& evidence) const {
  std::vector<std::string> names;
  for (const std::string& statement : evidence) {
    const auto found = statements_.find(statement);
    if (found == statements_.end()) continue;
    for (const auto& citation : found->second->citations()) {
      if (std::find(names.begin(), names.end(), citation.source()) == names.end()) {
        names.push_back(citation.source());
      }
    }
  }
  return names;
}

std::string Footnotes::Mark(const Names& evidence) {
  std::vector<size_t> numbers;
  for (const std::string& source : SourcesOf(evidence)) {
    auto found = std::find(marked_.begin(), marked_.end(), source);
    if (found == marked_.end()) found = marked_.insert(marked_.end(), source);
    numbers.push_back(static_cast<size_t>(found - marked_.begin()) + 1);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers.empty() ? "" : absl::StrCat("[", absl::StrJoin(numbers, " "), "]");
}

std::string Footnotes::SourceNames(const Names& evidence) const {
  return absl::StrJoin(SourcesOf(evidence), ";");
}

Table Footnotes::ToTable() const {
  Table table{.title = "Sources",
              .columns = {{.header = "", .key = "number", .right = true, .whole = true},
                          {.header = "Source", .key = "title"},
                          {.header = "Address", .key = "url"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (size_t i = 0; i < marked_.size(); ++i) {
    const auto found = sources_.find(marked_[i]);
    const bool known = found != sources_.end();
    table.rows.push_back(
        {absl::StrCat("[", i + 1, "]"),
         known && !found->second->title().empty() ? found->second->title() : marked_[i],
         known ? found->second->url() : ""});
  }
  return table;
}

void SayBasis(const instruments::v1::AnswerBasis& basis, std::string_view revision,
              Document* document) {
  std::string text =
      absl::StrCat("As of ", DateText(basis.as_of()), basis.as_of_defaulted() ? " (today)" : "");
  if (!revision.empty()) absl::StrAppend(&text, ", revision ", ToAbsl(revision));
  if (const std::string grade = Word(basis.min_confidence()); !grade.empty()) {
    absl::StrAppend(&text, "; statements of confidence ", grade,
                    basis.min_confidence() < graph::v1::CONFIDENCE_SEEN ? " or better" : "");
  }
  if (basis.left_out_statements() > 0) {
    absl::StrAppend(&text, "; ", Counted(basis.left_out_statements(), "statement"), " left out, ",
                    basis.left_out_unverified_statements(), " of them unverified");
  }
  if (basis.undated_statements() > 0) {
    absl::StrAppend(&text, "; ", Counted(basis.undated_statements(), "statement"),
                    " without a date counted from the adoption on");
  }
  document->Say(text + ".", Tone::kDim);
}

void SayNotes(const instruments::v1::AnswerBasis& basis, Document* document) {
  for (const std::string& note : basis.notes()) document->Say(note, Tone::kDim);
}

void SayTruncated(bool truncated, const google::protobuf::RepeatedField<int>& bounds,
                  Document* document) {
  if (!truncated) return;
  std::vector<std::string> words;
  for (int bound : bounds) words.push_back(EnumWord(graph::v1::Bound_descriptor(), bound));
  document->Say(
      absl::StrCat("Not the whole answer: a limit was reached (", absl::StrJoin(words, ", "), ")."),
      Tone::kFair);
}

Table CountsTable(const StatusCounts& counts) {
  Table table{.title = "",
              .columns = {{.header = "Status", .key = "status"},
                          {.header = "States", .key = "states", .right = true, .whole = true}},
              .rows = {},
              .shown = Shown::kTableOnly};
  const auto add = [&](ParticipationStatus status, int count) {
    if (count > 0) table.rows.push_back({Cell(Word(status), ToneOf(status)), Number(count)});
  };
  add(instruments::v1::PARTICIPATION_STATUS_PARTY, counts.parties());
  add(instruments::v1::PARTICIPATION_STATUS_CONSENTED, counts.consented());
  add(instruments::v1::PARTICIPATION_STATUS_SIGNATORY, counts.signatories());
  add(instruments::v1::PARTICIPATION_STATUS_ENDORSER, counts.endorsers());
  add(instruments::v1::PARTICIPATION_STATUS_ADDRESSED, counts.addressed());
  add(instruments::v1::PARTICIPATION_STATUS_COMMITTED_THROUGH, counts.committed_through());
  add(instruments::v1::PARTICIPATION_STATUS_WITHDRAWN, counts.withdrawn());
  add(instruments::v1::PARTICIPATION_STATUS_OUTSIDE, counts.outside());
  add(instruments::v1::PARTICIPATION_STATUS_UNKNOWN, counts.unknown());
  table.rows.push_back({Cell("together", Tone::kStrong), Number(counts.size())});
  return table;
}

}  // namespace attlas::cli
