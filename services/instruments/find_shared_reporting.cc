// FindSharedReporting: which duties to report one collection of data can serve.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "graph/base/status_macros.h"
#include "services/domain/act_table.h"
#include "services/domain/evidence.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/domain/reporting.h"
#include "services/domain/wording.h"
#include "services/instruments/instrument_queries.h"

namespace attlas::instruments {
namespace {

using domain::Duty;
using domain::EvidenceGatherer;
using domain::Forward;
using domain::NameArgument;
using domain::NameKind;
using domain::PatternFrom;
using domain::Scope;
using domain::Standing;
using domain::SubgraphIndex;
using graph::Edge;

void AddPatterns(const std::string& state, const std::string& target,
                 graph::v1::MatchPathsRequest* request) {
  const auto add = [&](const std::string& start, std::vector<graph::v1::Hop> hops) {
    hops.push_back(Forward(domain::kAsksForReport));
    *request->add_patterns() = PatternFrom(start, hops);
    hops.push_back(Forward(domain::kStatedIn));
    *request->add_patterns() = PatternFrom(start, hops);
    hops.push_back(Forward(domain::kServes));
    *request->add_patterns() = PatternFrom(start, std::move(hops));
  };
  *request->add_patterns() = PatternFrom(state, {});
  add(state, {Forward(domain::kActTypes)});
  if (target.empty()) return;
  *request->add_patterns() = PatternFrom(target, {});
  add(target, {});
}

// A duty, and how it concerns the state.
struct Concerned {
  Duty duty;
  Standing standing;
  bool carried = false;
  std::optional<graph::Date> next_due;
  std::vector<std::string> goods;
};

struct Material {
  const SubgraphIndex& index;
  const Scope& scope;
  std::string state;
  std::string target;  // Empty for none.

  // The duties of every instrument that reaches the state, and of the target.
  std::vector<Concerned> All() const {
    std::map<std::string_view, domain::Acts> acts;
    for (const auto& [instrument, edges] : domain::ActsByInstrument(index, state)) {
      acts[instrument] = edges;
    }
    if (!target.empty()) acts[target];
    std::vector<Concerned> all;
    for (const auto& [instrument, edges] : acts) AddDuties(instrument, edges, &all);
    return all;
  }

  void AddDuties(std::string_view instrument, const domain::Acts& acts,
                 std::vector<Concerned>* all) const {
    const graph::Node* node = index.FindNode(instrument);
    if (node == nullptr) return;
    const domain::InstrumentTerms terms = domain::TermsOf(*node);
    const Standing standing = domain::Weigh(acts, scope.reading, v1::COUNT_BY_IN_FORCE, terms);
    const bool carried = standing.committed();
    if (!carried && instrument != target) return;
    for (const Duty& duty : domain::DutiesOf(index, instrument, scope.reading)) {
      Concerned concerned{.duty = duty, .standing = standing, .carried = carried};
      concerned.goods = domain::TextsProperty(*node, "goods_scope");
      if (carried) concerned.next_due = NextDue(duty, domain::CarriedSince(standing, terms));
      all->push_back(std::move(concerned));
    }
  }

  std::optional<graph::Date> NextDue(const Duty& duty,
                                     const std::optional<graph::Date>& since) const {
    for (const domain::DueReport& due : DueReports(duty, since, scope.reading.day)) {
      if (due.due.has_value() && graph::FirstDay(*due.due) >= scope.reading.day) return due.due;
    }
    return std::nullopt;
  }
};

v1::StateReportingDuty RowFrom(const Material& material, const Concerned& concerned,
                               EvidenceGatherer* evidence) {
  v1::StateReportingDuty row;
  const Duty& duty = concerned.duty;
  *row.mutable_duty() = domain::DutyFrom(material.index, duty, material.scope, evidence);
  for (const std::string& name : evidence->Use(concerned.standing.Evidence())) {
    row.mutable_duty()->add_evidence(name);
  }
  row.set_status(concerned.standing.status);
  row.set_carried(concerned.carried);
  if (concerned.next_due.has_value()) *row.mutable_next_due_date() = *concerned.next_due;
  row.set_due_month(static_cast<int32_t>(duty.Number("due_month")));
  row.set_due_day(static_cast<int32_t>(duty.Number("due_day")));
  for (const std::string& goods : concerned.goods) row.add_goods_scope(goods);
  if (duty.stated != nullptr) {
    for (const Edge* serves : material.index.Out(duty.stated->to(), domain::kServes)) {
      if (!material.scope.reading.Counts(*serves)) continue;
      *row.add_themes() = domain::Named(material.index, serves->to());
      for (const std::string& name : evidence->Use({serves})) {
        row.mutable_duty()->add_evidence(name);
      }
    }
  }
  return row;
}

// The goods that every one of the duties covers, by the taxonomy; the widest such terms.
std::vector<std::string> CommonGoods(const domain::GoodsTaxonomy& taxonomy,
                                     const std::vector<const Concerned*>& duties) {
  std::set<std::string> common;
  for (const Concerned* concerned : duties) {
    for (const std::string& term : concerned->goods) {
      const bool everywhere = std::all_of(duties.begin(), duties.end(), [&](const auto* other) {
        return std::any_of(other->goods.begin(), other->goods.end(), [&](const std::string& wider) {
          return taxonomy.IsWithin(term, wider);
        });
      });
      if (everywhere && term != domain::kNotGoodsBased) common.insert(term);
    }
  }
  std::vector<std::string> widest;
  for (const std::string& term : common) {
    const bool inner = std::any_of(common.begin(), common.end(), [&](const std::string& wider) {
      return wider != term && taxonomy.IsWithin(term, wider);
    });
    if (!inner) widest.push_back(term);
  }
  return widest;
}

std::string DayInWords(int month, int day) {
  static constexpr const char* kMonths[] = {"January",   "February", "March",    "April",
                                            "May",       "June",     "July",     "August",
                                            "September", "October",  "November", "December"};
  return absl::StrCat(day, " ", kMonths[month - 1]);
}

void FillSameDays(v1::SharedReturn* shared) {
  std::map<std::pair<int, int>, std::vector<std::string>> by_day;
  for (const v1::StateReportingDuty& row : shared->duties()) {
    if (row.due_month() == 0) continue;
    by_day[{row.due_month(), row.due_day()}].push_back(row.duty().duty().display_name());
  }
  for (const auto& [day, duties] : by_day) {
    if (duties.size() < 2) continue;
    shared->add_same_day_sentences(absl::StrCat("Due by ", DayInWords(day.first, day.second),
                                                " each year: ", domain::JoinList(duties), "."));
  }
}

void Explain(const domain::GoodsTaxonomy& taxonomy, v1::SharedReturn* shared) {
  std::vector<std::string> carried;
  std::vector<std::string> added;
  for (const v1::StateReportingDuty& row : shared->duties()) {
    (row.carried() ? carried : added).push_back(row.duty().duty().display_name());
  }
  const std::vector<std::string> goods(shared->common_goods().begin(),
                                       shared->common_goods().end());
  std::string sentence = absl::StrCat(
      "One collection of data on ", absl::StrReplaceAll(shared->content(), {{"-", " "}}),
      " can serve ", shared->duties_size(), " duties to report",
      carried.empty() ? "" : absl::StrCat("; carried already: ", domain::JoinList(carried)),
      added.empty() ? "" : absl::StrCat("; with the target also: ", domain::JoinList(added)),
      goods.empty() ? "" : absl::StrCat("; all of them cover ", taxonomy.Phrase(goods)), ".");
  shared->set_sentence(std::move(sentence));
}

}  // namespace

absl::StatusOr<v1::FindSharedReportingResponse> InstrumentQueries::FindSharedReporting(
    const services::CallContext& context, const v1::FindSharedReportingRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const Scope scope, domain::MakeScope(request.read()));
  std::vector<NameArgument> names;
  ATTLAS_RETURN_IF_ERROR(AddName(NameKind::kState, "state", request.state(), &names).status());
  if (!request.target().empty()) {
    ATTLAS_RETURN_IF_ERROR(
        AddName(NameKind::kInstrument, "target", request.target(), &names).status());
  }
  const auto target = [&] { return names.size() > 1 ? names[1].name() : std::string(); };
  ATTLAS_ASSIGN_OR_RETURN(const auto index,
                          subgraphs_.Ask(context, scope, &names, [&](auto* question) {
                            AddPatterns(names[0].name(), target(), question);
                          }));
  ATTLAS_ASSIGN_OR_RETURN(const auto taxonomy, goods_.At(context, index->response().revision()));
  const Material material{
      .index = *index, .scope = scope, .state = names[0].name(), .target = target()};
  EvidenceGatherer evidence(*index, scope);
  evidence.NoteAllLeftOut();

  v1::FindSharedReportingResponse response;
  *response.mutable_state() = domain::Named(*index, material.state);
  if (!material.target.empty()) {
    *response.mutable_target() = domain::Named(*index, material.target);
  }
  const std::vector<Concerned> all = material.All();
  std::map<std::string_view, std::vector<const Concerned*>> by_content;
  for (const Concerned& concerned : all) {
    by_content[concerned.duty.content()].push_back(&concerned);
  }
  for (auto& [content, duties] : by_content) {
    std::stable_sort(duties.begin(), duties.end(), [](const Concerned* a, const Concerned* b) {
      return std::tuple(!a->carried, a->duty.node->name()) <
             std::tuple(!b->carried, b->duty.node->name());
    });
    if (duties.size() == 1) {
      *response.add_alone() = RowFrom(material, *duties[0], &evidence);
      continue;
    }
    v1::SharedReturn* shared = response.add_shared();
    shared->set_content(std::string(content));
    for (const Concerned* concerned : duties) {
      *shared->add_duties() = RowFrom(material, *concerned, &evidence);
    }
    for (std::string& goods : CommonGoods(*taxonomy, duties)) {
      shared->add_common_goods(std::move(goods));
    }
    FillSameDays(shared);
    Explain(*taxonomy, shared);
  }
  std::stable_sort(response.mutable_shared()->begin(), response.mutable_shared()->end(),
                   [](const auto& a, const auto& b) { return a.duties_size() > b.duties_size(); });
  response.set_sentence(absl::StrCat(
      response.state().display_name(), ": ", all.size(), all.size() == 1 ? " duty" : " duties",
      " to report on ", domain::Count(static_cast<int>(by_content.size()), "subject"), "; on ",
      response.shared_size(), " of them one collection of data can serve several."));
  evidence.WriteTo(&response);
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::instruments
