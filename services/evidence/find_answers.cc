// FindAnswers: what speaks to a concern: clauses, publications, and peers that joined anyway.
#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "services/domain/happenings.h"
#include "services/domain/instrument_facts.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "services/domain/wording.h"
#include "services/evidence/concerns.h"
#include "services/evidence/evidence_queries.h"
#include "services/evidence/peers.h"

namespace attlas::evidence {
namespace {

using domain::Backward;
using domain::EvidenceGatherer;
using domain::Forward;
using domain::NameArgument;
using domain::SubgraphIndex;
using graph::Edge;
using graph::v1::Pattern;

constexpr std::string_view kPublished = "PUBLISHED";
constexpr std::string_view kEvidenceOn = "EVIDENCE_ON";

Pattern Along(Pattern pattern, std::vector<graph::v1::Hop> hops) {
  for (graph::v1::Hop& hop : hops) *pattern.add_hops() = std::move(hop);
  return pattern;
}

void AddPatterns(const std::vector<NameArgument>& names, const Target& target,
                 graph::v1::MatchPathsRequest* question) {
  static constexpr std::string_view kOfPublications[] = {kPublished, kEvidenceOn};
  const std::string& concern = names.front().name();
  const Pattern own = domain::PatternFrom(concern, {});
  // The concerns of the same theme, this one among them.
  const Pattern kin =
      domain::PatternFrom(concern, {Forward(domain::kConcerns), Backward(domain::kConcerns)});
  for (const Pattern& concerns : {own, kin}) {
    for (Pattern& pattern : ConcernPatterns(concerns)) {
      *question->add_patterns() = std::move(pattern);
    }
    *question->add_patterns() =
        Along(concerns, {Forward(kAnsweredBy), Backward(domain::kHasProvision)});
    *question->add_patterns() =
        Along(concerns, {Backward(kAddresses), domain::Either(kOfPublications)});
  }
  *question->add_patterns() = Along(kin, {Backward(domain::kVoiced), target.Joined(names)});
  target.AddTo(names, question);
}

// Everything that the answer is made from.
struct Material {
  const SubgraphIndex& index;
  const domain::Scope& scope;
  const Challenge& asked;
  std::vector<const Challenge*> kin;  // The other concerns of the same themes, latest first.
  const Joiners& joiners;
  EvidenceGatherer* evidence;

  bool IsAsked(const Challenge& challenge) const { return challenge.node == asked.node; }
};

std::vector<const Challenge*> KinOf(const Challenge& asked,
                                    const std::vector<Challenge>& challenges) {
  std::set<std::string_view> themes;
  for (const Edge* theme : asked.themes) themes.insert(theme->to());
  std::vector<const Challenge*> kin;
  for (const Challenge& one : challenges) {
    const bool shares = std::any_of(one.themes.begin(), one.themes.end(),
                                    [&](const Edge* edge) { return themes.contains(edge->to()); });
    if (shares && one.node->name() != asked.node->name()) kin.push_back(&one);
  }
  return kin;
}

void AddClauses(const Material& material, const Challenge& challenge,
                std::vector<v1::ClauseAnswer>* clauses) {
  const SubgraphIndex& index = material.index;
  const size_t begin = clauses->size();
  for (const Edge* answered : challenge.clauses) {
    const auto instruments = index.In(answered->to(), domain::kHasProvision);
    const auto has = std::find_if(instruments.begin(), instruments.end(), [&](const Edge* edge) {
      return material.scope.reading.Counts(*edge);
    });
    v1::ClauseAnswer& clause = clauses->emplace_back();
    *clause.mutable_provision() = domain::Named(index, answered->to());
    const graph::Node* provision = index.FindNode(answered->to());
    if (provision != nullptr) {
      clause.set_ref(std::string(graph::TextProperty(provision->properties(), "ref")));
    }
    clause.set_how_it_answers(
        std::string(graph::TextProperty(answered->properties(), "how_it_answers")));
    clause.set_sentence(absl::StrCat(clause.ref(), ": ", clause.how_it_answers()));
    *clause.mutable_evidence() = material.evidence->Use({answered});
    if (!material.IsAsked(challenge)) {
      *clause.mutable_other_concern() = domain::Named(index, challenge.node->name());
    }
    if (has == instruments.end()) continue;
    *clause.mutable_instrument() = domain::Named(index, (*has)->from());
    clause.set_sentence(absl::StrCat(clause.ref(), " of ",
                                     domain::WithArticle(index, (*has)->from()), ": ",
                                     clause.how_it_answers()));
    clause.mutable_evidence()->MergeFrom(material.evidence->Use({*has}));
  }
  std::stable_sort(clauses->begin() + static_cast<std::ptrdiff_t>(begin), clauses->end(),
                   [](const v1::ClauseAnswer& a, const v1::ClauseAnswer& b) {
                     return std::tuple(a.instrument().name(), a.ref()) <
                            std::tuple(b.instrument().name(), b.ref());
                   });
}

// Publishers, subjects and the rest of what is said of a publication.
void FillPublication(const Material& material, const graph::Node& node,
                     v1::PublicationAnswer* answer) {
  const SubgraphIndex& index = material.index;
  answer->set_term(std::string(graph::TextProperty(node.properties(), "kind")));
  answer->set_url(std::string(graph::TextProperty(node.properties(), "url")));
  if (const auto date = domain::DateProperty(node, "date")) {
    *answer->mutable_published_date() = *date;
  }
  std::vector<std::string> publishers;
  for (const Edge* published : index.In(node.name(), kPublished)) {
    if (!domain::HappenedBy(*published, material.scope.reading)) continue;
    *answer->add_publishers() = domain::Named(index, published->from());
    publishers.push_back(answer->publishers().rbegin()->display_name());
    answer->mutable_evidence()->MergeFrom(material.evidence->Use({published}));
  }
  for (const Edge* about : index.Out(node.name(), kEvidenceOn)) {
    if (!material.scope.reading.Counts(*about)) continue;
    *answer->add_about() = domain::Named(index, about->to());
    const auto& voices = material.asked.voices;
    const bool holder = std::any_of(voices.begin(), voices.end(), [&](const Edge* voiced) {
      return voiced->from() == about->to();
    });
    answer->set_about_holder(answer->about_holder() || holder);
    answer->mutable_evidence()->MergeFrom(material.evidence->Use({about}));
  }
  answer->set_sentence(
      absl::StrCat(publishers.empty() ? std::string("A publisher that is not known")
                                      : domain::JoinList(publishers),
                   " published \"", node.display_name(), "\"",
                   answer->has_published_date()
                       ? absl::StrCat(" in ", graph::FormatDate(answer->published_date()))
                       : std::string(" on a date that is not known"),
                   "."));
}

void AddPublications(const Material& material, const Challenge& challenge,
                     std::vector<v1::PublicationAnswer>* publications) {
  const size_t begin = publications->size();
  for (const Edge* addresses : challenge.publications) {
    const graph::Node* node = material.index.FindNode(addresses->from());
    if (node == nullptr) continue;
    v1::PublicationAnswer& answer = publications->emplace_back();
    *answer.mutable_publication() = domain::Named(material.index, node->name());
    *answer.mutable_evidence() = material.evidence->Use({addresses});
    if (!material.IsAsked(challenge)) {
      *answer.mutable_other_concern() = domain::Named(material.index, challenge.node->name());
    }
    FillPublication(material, *node, &answer);
  }
  std::stable_sort(publications->begin() + static_cast<std::ptrdiff_t>(begin), publications->end(),
                   [](const v1::PublicationAnswer& a, const v1::PublicationAnswer& b) {
                     const auto rank = [](const v1::PublicationAnswer& answer) {
                       const graph::DayNumber day = answer.has_published_date()
                                                        ? graph::FirstDay(answer.published_date())
                                                        : graph::kBeginningOfTime;
                       return std::tuple(!answer.about_holder(), -static_cast<int64_t>(day));
                     };
                     return rank(a) < rank(b);
                   });
}

std::string ExplainPeer(const Material& material, const v1::PeerAnswer& peer) {
  const std::string voiced = peer.has_voiced_date()
                                 ? absl::StrCat(" in ", graph::FormatDate(peer.voiced_date()))
                                 : std::string();
  const std::string concern = absl::StrCat("\"", peer.concern().display_name(), "\"", voiced);
  const std::string joined = absl::StrCat(
      "joined ", domain::WithArticle(material.index, material.joiners.target()),
      peer.has_joined_date() ? absl::StrCat(" on ", graph::FormatDate(peer.joined_date()))
                             : std::string(" on a date that is not known"));
  const std::string& name = peer.peer().display_name();
  if (peer.timing() == v1::PEER_TIMING_VOICED_AFTER) {
    return absl::StrCat(name, " ", joined, " and voiced ", concern, ", as one that takes part.");
  }
  if (peer.timing() == v1::PEER_TIMING_VOICED_BEFORE) {
    return absl::StrCat(name, " voiced ", concern, " and ", joined, ".");
  }
  return absl::StrCat(name, " voiced ", concern, " and ", joined,
                      "; which came first is not known.");
}

void AddPeers(const Material& material, const Challenge& challenge, const Edge& own_theme,
              std::vector<v1::PeerAnswer>* peers) {
  const auto theme = std::find_if(challenge.themes.begin(), challenge.themes.end(),
                                  [&](const Edge* edge) { return edge->to() == own_theme.to(); });
  if (theme == challenge.themes.end()) return;
  for (const Edge* voiced : challenge.voices) {
    const domain::Standing* standing = material.joiners.Find(voiced->from());
    if (standing == nullptr) continue;
    v1::PeerAnswer& peer = peers->emplace_back();
    *peer.mutable_peer() = domain::Named(material.index, voiced->from());
    *peer.mutable_concern() = domain::Named(material.index, challenge.node->name());
    *peer.mutable_theme() = domain::Named(material.index, own_theme.to());
    if (const auto date = domain::VoicedDate(material.index, *voiced)) {
      *peer.mutable_voiced_date() = *date;
    }
    if (const auto date = JoinedDate(*standing)) *peer.mutable_joined_date() = *date;
    peer.set_timing(material.joiners.TimingOfVoice(*voiced));
    peer.set_same_concern(material.IsAsked(challenge));
    *peer.mutable_evidence() = material.evidence->Use({&own_theme, *theme, voiced});
    peer.mutable_evidence()->MergeFrom(material.evidence->Use(standing->Evidence()));
    for (const Edge* addresses : challenge.publications) {
      *peer.add_publications() = domain::Named(material.index, addresses->from());
      peer.mutable_evidence()->MergeFrom(material.evidence->Use({addresses}));
    }
    peer.set_sentence(ExplainPeer(material, peer));
  }
}

std::vector<v1::PeerAnswer> PeersOf(const Material& material) {
  std::vector<v1::PeerAnswer> peers;
  for (const Edge* theme : material.asked.themes) {
    AddPeers(material, material.asked, *theme, &peers);
    for (const Challenge* other : material.kin) AddPeers(material, *other, *theme, &peers);
  }
  std::stable_sort(peers.begin(), peers.end(), [](const auto& a, const auto& b) {
    const auto rank = [](const v1::PeerAnswer& peer) {
      return std::tuple(
          peer.timing(),
          peer.has_joined_date() ? graph::FirstDay(peer.joined_date()) : graph::kEndOfTime,
          peer.peer().name());
    };
    return rank(a) < rank(b);
  });
  return peers;
}

std::string ExplainAnswer(const Material& material, const v1::FindAnswersResponse& response) {
  const auto count = [](const auto& answers, auto counts) {
    return static_cast<int>(std::count_if(answers.begin(), answers.end(), counts));
  };
  const int clauses =
      count(response.clauses(), [](const auto& one) { return !one.has_other_concern(); });
  const int publications =
      count(response.publications(), [](const auto& one) { return !one.has_other_concern(); });
  std::set<std::string_view> anyway;
  for (const v1::PeerAnswer& peer : response.peers()) {
    if (peer.timing() == v1::PEER_TIMING_VOICED_BEFORE) anyway.insert(peer.peer().name());
  }
  std::string sentence = absl::StrCat(
      domain::Count(clauses, "provision"), clauses == 1 ? " answers" : " answer", " \"",
      response.concern().display_name(), "\", ", domain::Count(publications, "publication"),
      publications == 1 ? " bears" : " bear", " on it");
  if (!material.joiners.target().empty()) {
    absl::StrAppend(&sentence, "; ", domain::Count(static_cast<int>(anyway.size()), "state"),
                    " voiced a concern of the same theme and joined ",
                    domain::WithArticle(material.index, material.joiners.target()), " afterwards");
  }
  return absl::StrCat(sentence, ".");
}

void FillAnswers(const Material& material, bool same_theme, v1::FindAnswersResponse* response) {
  std::vector<v1::ClauseAnswer> clauses;
  std::vector<v1::PublicationAnswer> publications;
  AddClauses(material, material.asked, &clauses);
  AddPublications(material, material.asked, &publications);
  for (const Challenge* other : material.kin) {
    if (!same_theme) break;
    AddClauses(material, *other, &clauses);
    AddPublications(material, *other, &publications);
  }
  std::vector<v1::PeerAnswer> peers = PeersOf(material);
  const auto move_to = [](auto& rows, auto* field) {
    field->Assign(std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
  };
  move_to(clauses, response->mutable_clauses());
  move_to(publications, response->mutable_publications());
  move_to(peers, response->mutable_peers());
}

constexpr char kNoteOnAnswers[] =
    "Which clause answers a concern and which publication bears on it is our own analysis; it "
    "tells "
    "where to look, not that the holder is satisfied.";

}  // namespace

absl::StatusOr<v1::FindAnswersResponse> EvidenceQueries::FindAnswers(
    const services::CallContext& context, const v1::FindAnswersRequest& request) const {
  ATTLAS_ASSIGN_OR_RETURN(const domain::Scope scope, domain::MakeScope(request.read()));
  std::vector<NameArgument> names;
  ATTLAS_RETURN_IF_ERROR(
      domain::AddName(domain::NameKind::kConcern, "concern", request.concern(), &names).status());
  Target target;
  ATTLAS_RETURN_IF_ERROR(target.Set(request.target(), &names));
  ATTLAS_ASSIGN_OR_RETURN(const auto index,
                          subgraphs_.Ask(context, scope, &names, [&](auto* question) {
                            AddPatterns(names, target, question);
                          }));
  const graph::Node* node = index->FindNode(names.front().name());
  if (node == nullptr) return domain::UnknownName(graph_, context, scope, names.front());
  EvidenceGatherer evidence(*index, scope);
  // It was asked for by name, and is shown even where it was voiced later.
  Challenge asked = ChallengeOf(*index, *node, scope.reading);
  if (asked.voices.empty()) {
    Challenge later = ChallengeOf(*index, *node, scope.reading.On(graph::kEndOfTime - 1));
    asked.voices = std::move(later.voices);
    asked.latest = std::move(later.latest);
  }
  const std::vector<Challenge> challenges = ChallengesOf(*index, scope.reading);
  const Joiners joiners(*index, scope.reading, target.NameIn(*index, scope.reading, names));
  const Material material{.index = *index,
                          .scope = scope,
                          .asked = asked,
                          .kin = KinOf(asked, challenges),
                          .joiners = joiners,
                          .evidence = &evidence};
  v1::FindAnswersResponse response;
  *response.mutable_concern() = ConcernFrom(*index, asked, scope, &evidence);
  if (!joiners.target().empty()) {
    *response.mutable_target() = domain::Named(*index, joiners.target());
    const graph::Node* const instruments[] = {index->FindNode(joiners.target())};
    if (instruments[0] != nullptr) domain::NoteCoverage(instruments, scope, &evidence);
  }
  FillAnswers(material, request.include_same_theme(), &response);
  response.set_sentence(ExplainAnswer(material, response));
  evidence.NoteSentence(kNoteOnAnswers);
  NoteAge({asked}, scope, &evidence);
  NoteLeftOut(*index, joiners.target(), &evidence);
  evidence.WriteTo(&response);
  ATTLAS_RETURN_IF_ERROR(domain::AddSources(graph_, context, scope, request, &response));
  return response;
}

}  // namespace attlas::evidence
