// The small words of tables: names, dates, enumerations, footnotes, and what an answer rests on.
//
// Threads: functions and plain values; safe from any thread.
#ifndef ATTLAS_CLIENTS_CLI_RENDER_WORDS_H_
#define ATTLAS_CLIENTS_CLI_RENDER_WORDS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attlas/graph/v1/read_options.pb.h"
#include "attlas/graph/v1/time.pb.h"
#include "attlas/instruments/v1/answer.pb.h"
#include "attlas/instruments/v1/status.pb.h"
#include "clients/cli/output/document.h"
#include "google/protobuf/generated_enum_reflection.h"
#include "google/protobuf/repeated_field.h"

namespace attlas::cli {

using Names = google::protobuf::RepeatedPtrField<std::string>;
using NamedNodes = google::protobuf::RepeatedPtrField<instruments::v1::NamedNode>;

// `PARTICIPATION_STATUS_COMMITTED_THROUGH` as `committed through`; a value that this program does
// not know yet as `value 12`, the unspecified one as an empty text.
std::string EnumWord(const google::protobuf::EnumDescriptor* type, int value);
template <typename Enum>
std::string Word(Enum value) {
  return EnumWord(google::protobuf::GetEnumDescriptor<Enum>(), static_cast<int>(value));
}

// As 2013-06-03, 2013-06 or 2013; empty for none.
std::string DateText(const graph::v1::Date& date);

// The name that people read, or the id where there is none; with the id beside it; a list of names.
std::string Called(const instruments::v1::NamedNode& node);
std::string CalledWithId(const instruments::v1::NamedNode& node);
std::string CalledList(const NamedNodes& nodes, std::string_view separator = ", ");
// The full names, joined by `;`, for CSV.
std::string NameList(const NamedNodes& nodes);

std::string Joined(const Names& names, std::string_view separator);
std::string YesNo(bool value);
std::string Number(long long value);
// `1 theme`, `2 themes`.
std::string Counted(long long count, std::string_view singular);

// How good or bad a standing is, for colour.
Tone ToneOf(instruments::v1::ParticipationStatus status);

// Numbers the sources of statements as they are first cited.
class Footnotes {
 public:
  Footnotes(const google::protobuf::RepeatedPtrField<instruments::v1::Statement>& statements,
            const google::protobuf::RepeatedPtrField<instruments::v1::Source>& sources);

  // The marks of the sources that statements cite, such as `[1 3]`.
  std::string Mark(const Names& evidence);
  // Their names, joined by `;`, for CSV.
  std::string SourceNames(const Names& evidence) const;
  // The sources marked so far; shown in tables alone.
  Table ToTable() const;

 private:
  std::vector<std::string> SourcesOf(const Names& evidence) const;

  std::map<std::string, const instruments::v1::Statement*, std::less<>> statements_;
  std::map<std::string, const instruments::v1::Source*, std::less<>> sources_;
  std::vector<std::string> marked_;
};

// Says in one line what the answer rests on.
void SayBasis(const instruments::v1::AnswerBasis& basis, std::string_view revision,
              Document* document);
template <typename Response>
void SayBasis(const Response& response, Document* document) {
  SayBasis(response.basis(), response.revision(), document);
}
// Says over which region set an answer counts, and how it is defined; nothing where it is over
// none.
template <typename Response>
void SayRegion(const Response& response, Document* document) {
  if (!response.has_grouping()) return;
  document->Say(absl::StrCat("Over ", CalledWithId(response.grouping()), ". ",
                             response.grouping_definition()));
}
// What a reader must know beside it; at the end, since there may be much of it.
void SayNotes(const instruments::v1::AnswerBasis& basis, Document* document);
// What a bound cut off.
void SayTruncated(bool truncated, const google::protobuf::RepeatedField<int>& bounds,
                  Document* document);

// The counts, one row a status, without those that are 0; shown in tables alone.
Table CountsTable(const instruments::v1::StatusCounts& counts);

// How states stand towards an instrument, one a row; in tables only where `list` is set.
using StateStatuses = google::protobuf::RepeatedPtrField<instruments::v1::StateStatus>;
Table StatesTable(const StateStatuses& states, bool list, Footnotes* footnotes);

// `List of participants: complete, known up to 2026-02-03.`
std::string CoverageText(const instruments::v1::Coverage& coverage);

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_RENDER_WORDS_H_
