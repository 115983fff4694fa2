// FindDuplication: different organizers at work on the same topic in the same place at about the
// same time.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "services/cooperation/contacts.h"
#include "services/cooperation/cooperation_queries.h"
#include "services/domain/answer_page.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/members.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/domain/wording.h"

namespace attlas::cooperation {
namespace {

using domain::EvidenceGatherer;
using domain::NameArgument;
using domain::NameKind;
using domain::SubgraphIndex;
using graph::Edge;

constexpr domain::PageSizes kPageSizes = {.by_default = 50, .at_most = 500};
constexpr int kDefaultWindow = 365;
constexpr int kWidestWindow = 3660;
constexpr int kPairsShown = 20;
// The most contacts of one place with one topic that are compared with each other.
constexpr size_t kMostCompared = 1000;
constexpr char kNoteOnCompared[] =
    "Some places have more than 1,000 contacts on one topic; the latest 1,000 were compared.";
constexpr char kNoteOnJointWork[] =
    "Work that has an organizer in common counts as joint, not as parallel; whether parallel work "
    "is duplication is for those who plan it to judge.";

// The names of a question, by where they stand.
struct Names {
  std::vector<NameArgument> all;
  std::optional<size_t> topic;
  std::optional<size_t> body;

  std::string_view Name(const std::optional<size_t>& place) const {
    return place.has_value() ? std::string_view(all[*place].name()) : std::string_view();
  }
};

absl::StatusOr<Names> NamesOf(const v1::FindDuplicationRequest& request) {
  if (!request.theme().empty() && !request.instrument().empty()) {
    return graph::InvalidField("instrument", "give a theme or an instrument, not both");
  }
  if (!request.state().empty() && !request.grouping().empty()) {
    return graph::InvalidField("grouping", "give a state or a grouping, not both");
  }
  Names names;
  const auto add = [&](NameKind kind, std::string_view field, const std::string& text,
                       std::optional<size_t>* place) -> absl::Status {
    if (text.empty()) return absl::OkStatus();
    ATTLAS_ASSIGN_OR_RETURN(*place, AddName(kind, field, text, &names.all));
    return absl::OkStatus();
  };
  ATTLAS_RETURN_IF_ERROR(add(NameKind::kTheme, "theme", request.theme(), &names.topic));
  ATTLAS_RETURN_IF_ERROR(
      add(NameKind::kInstrument, "instrument", request.instrument(), &names.topic));
  ATTLAS_RETURN_IF_ERROR(add(NameKind::kState, "state", request.state(), &names.body));
  ATTLAS_RETURN_IF_ERROR(add(NameKind::kGrouping, "grouping", request.grouping(), &names.body));
  return names;
}

absl::StatusOr<int> WindowOf(const v1::FindDuplicationRequest& request) {
  if (request.window_days() < 0 || request.window_days() > kWidestWindow) {
    return graph::InvalidField("window_days", absl::StrCat("must lie between 1 and ", kWidestWindow,
                                                           "; 0 is read as ", kDefaultWindow));
  }
  return request.window_days() == 0 ? kDefaultWindow : request.window_days();
}

// A contact with its day, and who organized it.
struct DatedContact {
  const PlaceContact* contact = nullptr;
  graph::DayNumber day = 0;
  std::set<std::string_view> organizers;

  bool IsParallelTo(const DatedContact& other) const {
    return std::none_of(organizers.begin(), organizers.end(), [&](std::string_view organizer) {
      return other.organizers.contains(organizer);
    });
  }
};

struct Pair {
  size_t first = 0;
  size_t second = 0;
  int days_apart = 0;
};

// Parallel work in one place on one topic.
struct Parallel {
  std::string_view place;
  std::string_view topic;
  std::vector<DatedContact> contacts;  // Those with a parallel, earliest first.
  std::vector<Pair> pairs;             // The closest, closest first.
  int pair_count = 0;

  auto Rank() const {
    return std::tuple(-pair_count, pairs.empty() ? 0 : pairs.front().days_apart, place, topic);
  }
};

// Keeps the contacts that stand in a pair, and renumbers the pairs.
void KeepPaired(const std::vector<bool>& paired, Parallel* parallel) {
  std::vector<size_t> places(parallel->contacts.size());
  std::vector<DatedContact> kept;
  for (size_t i = 0; i < parallel->contacts.size(); ++i) {
    places[i] = kept.size();
    if (paired[i]) kept.push_back(std::move(parallel->contacts[i]));
  }
  parallel->contacts = std::move(kept);
  for (Pair& pair : parallel->pairs) {
    pair.first = places[pair.first];
    pair.second = places[pair.second];
  }
}

// Finds the pairs within the window. `parallel` comes with its contacts. O(pairs in the window).
void FindPairs(int window, Parallel* parallel) {
  std::vector<DatedContact>& contacts = parallel->contacts;
  std::stable_sort(contacts.begin(), contacts.end(),
                   [](const DatedContact& a, const DatedContact& b) { return a.day < b.day; });
  std::vector<bool> paired(contacts.size(), false);
  for (size_t i = 0; i < contacts.size(); ++i) {
    for (size_t j = i + 1; j < contacts.size(); ++j) {
      const auto days = static_cast<int>(contacts[j].day - contacts[i].day);
      if (days > window) break;
      if (!contacts[i].IsParallelTo(contacts[j])) continue;
      paired[i] = paired[j] = true;
      ++parallel->pair_count;
      parallel->pairs.push_back({i, j, days});
    }
    // Bounded: the closest alone are kept.
    if (parallel->pairs.size() < 2 * kMostCompared) continue;
    std::stable_sort(parallel->pairs.begin(), parallel->pairs.end(),
                     [](const Pair& a, const Pair& b) { return a.days_apart < b.days_apart; });
    parallel->pairs.resize(kPairsShown);
  }
  std::stable_sort(parallel->pairs.begin(), parallel->pairs.end(),
                   [](const Pair& a, const Pair& b) { return a.days_apart < b.days_apart; });
  if (parallel->pairs.size() > kPairsShown) parallel->pairs.resize(kPairsShown);
  KeepPaired(paired, parallel);
}

std::optional<DatedContact> DatedContactFrom(const PlaceContact& contact) {
  const Work& work = *contact.work;
  if (!work.start.has_value() || work.organizers.empty()) return std::nullopt;
  DatedContact dated{.contact = &contact, .day = graph::FirstDay(*work.start), .organizers = {}};
  for (const Edge* edge : work.organizers) dated.organizers.insert(edge->from());
  return dated;
}

// What is compared.
struct Task {
  const engagement::DateRange& dates;
  std::string_view topic;  // Empty for every one.
  int window;
};

// The parallel work of one place, by topic.
void AddParallels(const Task& task, std::string_view place, std::span<const PlaceContact> contacts,
                  EvidenceGatherer* evidence, std::vector<Parallel>* parallels) {
  std::map<std::string_view, std::vector<DatedContact>> by_topic;
  for (const PlaceContact& contact : contacts) {
    if (!task.dates.Covers(contact.work->start)) continue;
    const std::optional<DatedContact> dated = DatedContactFrom(contact);
    if (!dated.has_value()) continue;
    for (const Edge* topic : contact.work->topics) {
      if (!task.topic.empty() && topic->to() != task.topic) continue;
      std::vector<DatedContact>& list = by_topic[topic->to()];
      // Contacts come latest first.
      if (list.size() < kMostCompared) {
        list.push_back(*dated);
      } else {
        evidence->NoteSentence(kNoteOnCompared);
      }
    }
  }
  for (auto& [topic, list] : by_topic) {
    Parallel parallel{.place = place, .topic = topic, .contacts = std::move(list), .pairs = {}};
    FindPairs(task.window, &parallel);
    if (parallel.pair_count > 0) parallels->push_back(std::move(parallel));
  }
}

std::string Explain(const v1::Overlap& overlap) {
  std::vector<std::string> organizers;
  for (const auto& organizer : overlap.organizers()) organizers.push_back(organizer.display_name());
  return absl::StrCat(
      overlap.place().display_name(), ", ", overlap.topic().display_name(), ": ",
      overlap.contacts_size(), " events and activities of ", domain::JoinList(organizers), "; ",
      domain::Count(overlap.pair_count(), "pair"), " without a common organizer, the closest ",
      domain::Count(overlap.least_days_apart(), "day"), " apart.");
}

v1::Overlap OverlapFrom(const SubgraphIndex& index, const Parallel& parallel,
                        EvidenceGatherer* evidence) {
  v1::Overlap overlap;
  *overlap.mutable_place() = domain::Named(index, parallel.place);
  *overlap.mutable_topic() = domain::Named(index, parallel.topic);
  const WorkFilter on_topic{.theme = parallel.topic, .instrument = {}, .dates = {}};
  std::set<std::string_view> organizers;
  for (const DatedContact& dated : parallel.contacts) {
    *overlap.add_contacts() = ContactFrom(index, *dated.contact, on_topic, evidence);
    organizers.insert(dated.organizers.begin(), dated.organizers.end());
  }
  for (std::string_view organizer : organizers) {
    *overlap.add_organizers() = domain::Named(index, organizer);
  }
  for (const Pair& pair : parallel.pairs) {
    v1::ParallelPair* row = overlap.add_pairs();
    row->set_first(static_cast<int32_t>(pair.first));
    row->set_second(static_cast<int32_t>(pair.second));
    row->set_days_apart(pair.days_apart);
  }
  overlap.set_pair_count(parallel.pair_count);
  overlap.set_least_days_apart(parallel.pairs.front().days_apart);
  overlap.set_sentence(Explain(overlap));
  return overlap;
}

// Whether a place is one of those asked for.
class PlaceFilter {
 public:
  PlaceFilter(const SubgraphIndex& index, std::string_view body, const domain::Reading& reading)
      : all_(body.empty()) {
    if (!body.starts_with("groupings/")) {
      places_.insert(body);
      return;
    }
    for (const Edge* member : domain::MembersOf(index, body, reading)) {
      places_.insert(member->from());
    }
  }
  bool Admits(std::string_view place) const { return all_ || places_.contains(place); }

 private:
  bool all_;
  std::set<std::string_view> places_;
};

void AddPatterns(const Names& names, graph::v1::MatchPathsRequest* request) {
  for (const NameArgument& name : names.all) {
    *request->add_patterns() = domain::PatternFrom(name.name(), {});
    if (name.kind != NameKind::kGrouping) continue;
    *request->add_patterns() =
        domain::PatternFrom(name.name(), {domain::Backward(domain::kMemberOfGrouping)});
  }
  AddWorkPatterns(request);
}

// The contacts of the places whose date is not known, by name.
std::vector<std::string_view> UndatedOf(const ContactsByPlace& contacts,
                                        const PlaceFilter& places) {
  std::set<std::string_view> undated;
  for (const auto& [place, list] : contacts) {
    if (!places.Admits(place)) continue;
    for (const PlaceContact& contact : list) {
      if (!contact.work->start.has_value()) undated.insert(contact.work->node->name());
    }
  }
  return {undated.begin(), undated.end()};
}

std::string Explain(const v1::FindDuplicationResponse& response) {
  return absl::StrCat(
      response.total() == 0 ? std::string("No place has") : domain::Count(response.total(), "case"),
      response.total() == 0 ? "" : " of", " parallel work on one topic within ",
      domain::Count(response.window_days(), "day"), ".");
}

}  // namespace

absl::StatusOr<v1::FindDuplicationResponse> CooperationQueries::FindDuplication(
    const services::CallContext& context, const v1::FindDuplicationRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const engagement::DateRange dates,
                          CheckedDates(engagement::DateRangeOf(request)));
  ATTLAS_ASSIGN_OR_RETURN(const int window, WindowOf(request));
  ATTLAS_ASSIGN_OR_RETURN(domain::Scope scope, domain::MakeScope(request.read()));
  ATTLAS_ASSIGN_OR_RETURN(
      const domain::AnswerPage page,
      domain::StartAnswerPage(page_tokens_, context, request, kPageSizes, &scope));
  ATTLAS_ASSIGN_OR_RETURN(Names names, NamesOf(request));
  ATTLAS_ASSIGN_OR_RETURN(const auto index,
                          subgraphs_.Ask(context, scope, &names.all,
                                         [&](auto* question) { AddPatterns(names, question); }));
  const PlaceFilter places(*index, names.Name(names.body), scope.reading);
  WorkFilter on_topic;
  (request.theme().empty() ? on_topic.instrument : on_topic.theme) = names.Name(names.topic);
  const std::vector<Work> works = WorksAdmitted(*index, on_topic, scope.reading);
  const ContactsByPlace contacts = ContactsOf(*index, works, scope.reading);

  EvidenceGatherer evidence(*index, scope);
  const Task task{.dates = dates, .topic = names.Name(names.topic), .window = window};
  std::vector<Parallel> parallels;
  for (const auto& [place, list] : contacts) {
    if (places.Admits(place)) AddParallels(task, place, list, &evidence, &parallels);
  }
  std::sort(parallels.begin(), parallels.end(),
            [](const Parallel& a, const Parallel& b) { return a.Rank() < b.Rank(); });
  v1::FindDuplicationResponse response;
  response.set_window_days(window);
  response.set_total(static_cast<int32_t>(parallels.size()));
  for (size_t i = page.offset; i < page.EndOf(parallels.size()); ++i) {
    *response.add_overlaps() = OverlapFrom(*index, parallels[i], &evidence);
  }
  for (std::string_view name : UndatedOf(contacts, places)) {
    *response.add_undated() = domain::Named(*index, name);
  }
  if (!request.grouping().empty()) {
    domain::NameGrouping(*index, names.Name(names.body), &response);
  }
  response.set_sentence(Explain(response));
  evidence.NoteAllLeftOut();
  evidence.NoteSentence(kNoteOnJointWork);
  evidence.NoteSentence(engagement::kNoteOnReach);
  evidence.WriteTo(&response);
  response.set_next_page_token(
      domain::NextAnswerPage(page_tokens_, page, scope, response.revision(), parallels.size()));
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::cooperation
