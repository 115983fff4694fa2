// What the questions about transfers have in common: their names, their edition, and how a place
// stands towards the instrument.
//
// Thread-safety: functions and plain values, which view the index they were made from.
//
// Example:
//   ATTLAS_ASSIGN_OR_RETURN(QuestionNames names, NamesOf(request.instrument(), request.dataset()));
//   ATTLAS_ASSIGN_OR_RETURN(const auto index, domain::Ask(…, [&](auto* question) {
//     names.AddPatterns(question); …}));
//   ATTLAS_ASSIGN_OR_RETURN(const Material material, MakeMaterial(…));
#ifndef ATTLAS_SERVICES_TRANSFERS_TRANSFER_QUESTION_H_
#define ATTLAS_SERVICES_TRANSFERS_TRANSFER_QUESTION_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "attlas/transfers/v1/transfers.pb.h"
#include "services/domain/answer_page.h"
#include "services/domain/evidence.h"
#include "services/domain/participation.h"
#include "services/domain/question.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::transfers {

inline constexpr std::string_view kDefaultInstrument = "instruments/att";
inline constexpr domain::PageSizes kPageSizes = {.by_default = 50, .at_most = 500};

// The names that a question gives. The instrument always stands first.
struct QuestionNames {
  std::vector<domain::NameArgument> arguments;
  std::optional<size_t> dataset;
  std::optional<size_t> state;
  std::optional<size_t> grouping;

  const std::string& instrument() const { return arguments.front().name(); }
  // The name at a place; empty where none was given.
  std::string Name(const std::optional<size_t>& place) const;

  // Adds what every question reads: the instrument, the editions and the grouping.
  void AddPatterns(graph::v1::MatchPathsRequest* request) const;
  // A pattern that starts at the edition or, where none is named, at every dataset.
  graph::v1::Pattern FromEditions(std::vector<graph::v1::Hop> hops) const;
  // A hop to the instrument, along every act.
  graph::v1::Hop ToInstrument() const;
};

// Reads the names that are given; an empty instrument is kDefaultInstrument.
absl::StatusOr<QuestionNames> NamesOf(std::string_view instrument, std::string_view dataset);
// Adds a state or a grouping, where `text` is not empty.
absl::Status AddState(std::string_view text, QuestionNames* names);
absl::Status AddGrouping(std::string_view text, QuestionNames* names);

// What an answer is made of.
struct Material {
  const domain::SubgraphIndex& index;
  const domain::Scope& scope;
  const graph::Node& instrument;
  domain::InstrumentTerms terms;
  domain::EvidenceGatherer* evidence;
};

// NOT_FOUND, with suggestions, for an instrument that is not there.
absl::StatusOr<Material> MakeMaterial(services::GraphApi* graph,
                                      const services::CallContext& context,
                                      const domain::Scope& scope, const QuestionNames& names,
                                      const domain::SubgraphIndex& index,
                                      domain::EvidenceGatherer* evidence);

// The editions of transfer statistics that the index holds, by date of publication, then by name.
std::vector<const graph::Node*> EditionsOf(const domain::SubgraphIndex& index);
// Those that were published by the date of the answer.
std::vector<const graph::Node*> PublishedEditions(const Material& material);
// The one that is named, otherwise the latest that was published by the date. INVALID_ARGUMENT for
// a dataset of something else, and where none had been published.
absl::StatusOr<const graph::Node*> ChooseEdition(const Material& material,
                                                 const QuestionNames& names);
// INVALID_ARGUMENT that names `field` and lists the editions that there are.
absl::Status NoEditionPublished(const Material& material, std::string_view field);
// Its facts. Tells the reader where it was published after the date of the answer.
v1::Edition EditionFrom(const Material& material, const graph::Node& edition);

// How a place stands towards the instrument, counted by entry into force. Of an organization or an
// armed group the status is UNSPECIFIED.
domain::Standing StandingOf(const Material& material, std::string_view place);
// The same as an answer gives it.
void FillStatus(const Material& material, std::string_view place,
                instruments::v1::StateStatus* status);
// Whether an instrument applies to one of this status: not where it has signed alone, or has
// consented and waits for the entry into force.
bool IsBound(instruments::v1::ParticipationStatus status);
// Whether it is a member of the United Nations.
bool IsUnMember(const Material& material, std::string_view place);

// The places of a region set on the date of the answer, each with the statement that says so.
using Members = std::map<std::string_view, const graph::Edge*>;
Members MembersIn(const Material& material, std::string_view grouping);

// Such as `2020-2024`.
std::string PeriodOf(const graph::Node& edition);
// A share for people, such as `6.2%`.
std::string Percent(double share);
// Tells the reader what no share says: what it measures, and of when it is.
void NoteOnShares(const Material& material);

}  // namespace attlas::transfers

#endif  // ATTLAS_SERVICES_TRANSFERS_TRANSFER_QUESTION_H_
