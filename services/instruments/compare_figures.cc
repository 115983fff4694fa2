// CompareFigures: what somebody published, beside our counts over named region sets and dates.
//
// A published figure is quoted, never reproduced by force: the answer shows the definition of each
// region set, the date and our number, and says plainly where they differ.

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "services/domain/act_table.h"
#include "services/domain/evidence.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/members.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/domain/wording.h"
#include "services/instruments/instrument_queries.h"
#include "services/instruments/population.h"

namespace attlas::instruments {
namespace {

using domain::Backward;
using domain::EvidenceGatherer;
using domain::Forward;
using domain::NameArgument;
using domain::NameKind;
using domain::PatternFrom;
using domain::Reading;
using domain::Scope;
using domain::SubgraphIndex;
using graph::Date;
using graph::Edge;

constexpr int kMaxDates = 16;
constexpr int kMaxGroupings = 64;

// What a request names: one figure or the figures of an instrument, then region sets.
struct Names {
  std::vector<NameArgument> arguments;
  bool by_figure = false;

  const std::string& subject() const { return arguments[0].name(); }
  std::vector<std::string> Groupings() const {
    std::vector<std::string> groupings;
    for (size_t i = 1; i < arguments.size(); ++i) groupings.push_back(arguments[i].name());
    return groupings;
  }
};

absl::StatusOr<Names> ResolveNames(const v1::CompareFiguresRequest& request) {
  Names names{.arguments = {}, .by_figure = !request.figure().empty()};
  if (names.by_figure) {
    ATTLAS_RETURN_IF_ERROR(
        AddName(NameKind::kFigure, "figure", request.figure(), &names.arguments).status());
  } else {
    ATTLAS_RETURN_IF_ERROR(
        AddName(NameKind::kInstrument, "instrument", request.instrument(), &names.arguments)
            .status());
  }
  if (request.groupings_size() > kMaxGroupings) {
    return graph::InvalidField("groupings", absl::StrCat("names ", request.groupings_size(),
                                                         " region sets; at most ", kMaxGroupings));
  }
  for (int i = 0; i < request.groupings_size(); ++i) {
    ATTLAS_RETURN_IF_ERROR(AddName(NameKind::kGrouping, absl::StrCat("groupings[", i, "]"),
                                   request.groupings(i), &names.arguments)
                               .status());
  }
  if (request.dates_size() > kMaxDates) {
    return graph::InvalidField(
        "dates", absl::StrCat("has ", request.dates_size(), " dates; at most ", kMaxDates));
  }
  for (int i = 0; i < request.dates_size(); ++i) {
    ATTLAS_RETURN_IF_ERROR(domain::CheckDate(request.dates(i), absl::StrCat("dates[", i, "]")));
  }
  return names;
}

void AddPatterns(const Names& names, graph::v1::MatchPathsRequest* request) {
  const std::string& subject = names.subject();
  std::vector<std::string> given;
  for (const NameArgument& argument : names.arguments) given.push_back(argument.name());
  *request->add_patterns() = PatternFrom(given, {});
  *request->add_patterns() = domain::PatternFromType("state", {});
  if (const std::vector<std::string> groupings = names.Groupings(); !groupings.empty()) {
    *request->add_patterns() = PatternFrom(groupings, {Backward(domain::kMemberOfGrouping)});
  }
  std::vector<graph::v1::Hop> acts = {Backward(domain::kActTypes)};
  std::vector<graph::v1::Hop> members = {Forward(domain::kCountedOver),
                                         Backward(domain::kMemberOfGrouping)};
  if (names.by_figure) {
    *request->add_patterns() = PatternFrom(subject, {Forward(domain::kFigureAbout)});
    acts.insert(acts.begin(), Forward(domain::kFigureAbout));
  } else {
    *request->add_patterns() = PatternFrom(subject, {Backward(domain::kFigureAbout)});
    members.insert(members.begin(), Backward(domain::kFigureAbout));
  }
  *request->add_patterns() = PatternFrom(subject, std::move(acts));
  *request->add_patterns() = PatternFrom(subject, std::move(members));
}

// The integer of a property, or none.
std::optional<int64_t> IntegerOf(const graph::Node& node, std::string_view name) {
  const graph::Value* value = graph::FindProperty(node.properties(), name);
  if (value == nullptr || value->kind_case() != graph::Value::kInteger) return std::nullopt;
  return value->integer();
}

v1::Figure FigureFrom(const SubgraphIndex& index, const graph::Node& node, const Edge* about) {
  v1::Figure figure;
  figure.set_name(node.name());
  const std::string_view claim = graph::TextProperty(node.properties(), "claim");
  figure.set_statement(claim.empty() ? node.display_name() : std::string(claim));
  if (about != nullptr) *figure.mutable_instrument() = domain::Named(index, about->to());
  if (const auto value = IntegerOf(node, "published_count")) figure.set_value(*value);
  if (const auto total = IntegerOf(node, "published_total")) figure.set_total(*total);
  if (const auto as_of = domain::DateProperty(node, "as_of")) *figure.mutable_as_of() = *as_of;
  figure.set_measure(std::string(graph::TextProperty(node.properties(), "counted")));
  figure.set_explanation(std::string(graph::TextProperty(node.properties(), "explanation")));
  figure.set_as_of_note(std::string(graph::TextProperty(node.properties(), "as_of_note")));
  *figure.mutable_citations() = node.citations();
  return figure;
}

// Our number for what a figure measures. A published total of `signatories` counts everybody who
// ever signed, as the depositary does; `signatories-only` those who are not parties.
int Measured(const v1::StatusCounts& counts, std::string_view measure) {
  if (measure == "signatories") return counts.signatures();
  if (measure == "signatories-only") return counts.signatories();
  if (measure == "endorsers") return counts.endorsers();
  return counts.parties();
}

bool IsMeasured(const domain::Standing& standing, std::string_view measure) {
  v1::StatusCounts one;
  domain::CountStanding(standing, &one);
  return Measured(one, measure) > 0;
}

// One figure with what is to be counted for it.
struct Task {
  const SubgraphIndex& index;
  const Scope& scope;
  const graph::Node& instrument;
  v1::CountBy count_by;
  std::vector<std::string_view> groupings;  // An empty name stands for all states.
  std::vector<Date> dates;
};

v1::RegionCount CountRegion(const Task& task, std::string_view grouping, const Date& date,
                            const v1::Figure& figure, EvidenceGatherer* evidence) {
  const Reading reading = task.scope.reading.On(graph::FirstDay(date));
  const domain::InstrumentTerms terms = domain::TermsOf(task.instrument);
  const domain::NamedActs acts =
      ActsOf(task.index, PopulationOf(task.index, grouping, reading), task.instrument.name());
  v1::RegionCount count;
  if (!grouping.empty()) *count.mutable_grouping() = domain::Named(task.index, grouping);
  count.set_definition(domain::DefinitionOf(task.index, grouping));
  *count.mutable_as_of() = date;
  count.set_count_by(task.count_by);
  *count.mutable_counts() = CountOver(acts, reading, task.count_by, terms);
  count.set_our_value(Measured(count.counts(), figure.measure()));
  if (figure.has_value()) {
    count.set_difference(count.our_value() - figure.value());
    count.set_value_matches(count.our_value() == figure.value());
  }
  count.set_total_matches(!figure.has_total() || count.counts().size() == figure.total());
  for (const auto& [state, acts_of_state] : acts) {
    const domain::Standing standing = domain::Weigh(acts_of_state, reading, task.count_by, terms);
    if (!IsMeasured(standing, figure.measure())) continue;
    count.add_counted_states(std::string(state));
    const Edge* const counted_by =
        figure.measure() == "signatories" ? standing.ever_signed : standing.ground();
    count.mutable_evidence()->MergeFrom(evidence->Use({counted_by}));
  }
  return count;
}

// Whether a count is for the figure's own date and agrees with it.
bool Reproduces(const v1::RegionCount& count, const v1::Figure& figure) {
  return count.value_matches() && count.total_matches() &&
         (!figure.has_as_of() || graph::FirstDay(count.as_of()) == graph::FirstDay(figure.as_of()));
}

// Whether the figure comes out when states are counted the other way.
bool ReproducedByOtherCount(Task task, const v1::Figure& figure, EvidenceGatherer* evidence) {
  task.count_by =
      task.count_by == v1::COUNT_BY_IN_FORCE ? v1::COUNT_BY_DEPOSIT : v1::COUNT_BY_IN_FORCE;
  for (std::string_view grouping : task.groupings) {
    for (const Date& date : task.dates) {
      if (Reproduces(CountRegion(task, grouping, date, figure, evidence), figure)) return true;
    }
  }
  return false;
}

std::string Explain(const v1::FigureComparison& comparison) {
  const v1::Figure& figure = comparison.figure();
  std::string sentence = absl::StrCat("Published: ", figure.statement(), ". Counted here: ");
  std::vector<std::string> parts;
  for (const v1::RegionCount& count : comparison.counts()) {
    parts.push_back(absl::StrCat(
        count.our_value(), " of ", count.counts().size(), " on ", graph::FormatDate(count.as_of()),
        " (", count.has_grouping() ? count.grouping().display_name() : "all states", ")"));
  }
  absl::StrAppend(&sentence, domain::JoinList(parts), ". ",
                  comparison.reproduced() ? "The figure is reproduced."
                  : comparison.reproduced_by_other_count()
                      ? "The figure is reproduced when states are counted the other way (by "
                        "in-force instead of deposit, or the reverse)."
                      : "None of these reproduces the figure; it may rest on another list, date or "
                        "way of counting.");
  return sentence;
}

// The figures that the question is about, with the statement that ties each to its instrument.
std::vector<const Edge*> FiguresOf(const SubgraphIndex& index, const Names& names) {
  const auto edges = names.by_figure ? index.Out(names.subject(), domain::kFigureAbout)
                                     : index.In(names.subject(), domain::kFigureAbout);
  return {edges.begin(), edges.end()};
}

Task MakeTask(const SubgraphIndex& index, const Scope& scope, const Names& names,
              const v1::CompareFiguresRequest& request, v1::CountBy count_by, const Edge& about,
              const v1::Figure& figure) {
  Task task{.index = index,
            .scope = scope,
            .instrument = *index.FindNode(about.to()),
            .count_by = count_by,
            .groupings = {},
            .dates = {request.dates().begin(), request.dates().end()}};
  for (size_t i = 1; i < names.arguments.size(); ++i) {
    task.groupings.push_back(names.arguments[i].name());
  }
  if (task.groupings.empty()) {
    for (const Edge* over : index.Out(about.from(), domain::kCountedOver)) {
      task.groupings.push_back(over->to());
    }
  }
  if (task.groupings.empty()) task.groupings.push_back({});
  if (task.dates.empty()) {
    if (figure.has_as_of()) task.dates.push_back(figure.as_of());
    task.dates.push_back(scope.as_of);
  }
  return task;
}

}  // namespace

absl::StatusOr<v1::CompareFiguresResponse> InstrumentQueries::CompareFigures(
    const services::CallContext& context, const v1::CompareFiguresRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(const v1::CountBy count_by, CheckedCountBy(request.count_by()));
  ATTLAS_ASSIGN_OR_RETURN(Names names, ResolveNames(request));
  ATTLAS_ASSIGN_OR_RETURN(const auto index,
                          subgraphs_.Ask(context, scope, &names.arguments, [&](auto* question) {
                            AddPatterns(names, question);
                            question->set_omit_node_citations(false);  // A figure carries its own.
                          }));
  EvidenceGatherer evidence(*index, scope);
  v1::CompareFiguresResponse response;
  std::vector<const graph::Node*> instruments;
  for (const Edge* about : FiguresOf(*index, names)) {
    const graph::Node* node = index->FindNode(about->from());
    const graph::Node* subject = index->FindNode(about->to());
    // A figure about a dataset of transfers is not a count of participants.
    if (node == nullptr || subject == nullptr || subject->type() != "instrument") continue;
    v1::FigureComparison* comparison = response.add_comparisons();
    *comparison->mutable_figure() = FigureFrom(*index, *node, about);
    evidence.Use({about});
    const Task task =
        MakeTask(*index, scope, names, request, count_by, *about, comparison->figure());
    for (std::string_view grouping : task.groupings) {
      for (const Date& date : task.dates) {
        *comparison->add_counts() =
            CountRegion(task, grouping, date, comparison->figure(), &evidence);
      }
    }
    comparison->set_reproduced(
        std::any_of(comparison->counts().begin(), comparison->counts().end(),
                    [&](const auto& count) { return Reproduces(count, comparison->figure()); }));
    comparison->set_reproduced_by_other_count(
        !comparison->reproduced() && ReproducedByOtherCount(task, comparison->figure(), &evidence));
    comparison->set_sentence(Explain(*comparison));
    *response.add_coverages() = domain::CoverageOf(task.instrument, scope);
    instruments.push_back(&task.instrument);
  }
  std::sort(instruments.begin(), instruments.end());
  instruments.erase(std::unique(instruments.begin(), instruments.end()), instruments.end());
  domain::NoteCoverage(instruments, scope, &evidence);
  evidence.NoteAllLeftOut();
  evidence.WriteTo(&response);
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::instruments
