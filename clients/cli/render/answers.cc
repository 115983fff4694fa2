// What answers a concern, and who shares the concerns of a state.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/render/render.h"
#include "clients/cli/render/words.h"

namespace attlas::cli {
namespace {

using evidence::v1::ClauseAnswer;
using evidence::v1::Concern;
using evidence::v1::ConcernPartner;
using evidence::v1::FindAnswersResponse;
using evidence::v1::FindSharedConcernsResponse;
using evidence::v1::PeerAnswer;
using evidence::v1::PublicationAnswer;
using evidence::v1::SharedConcernTheme;
using evidence::v1::Voice;

// `PEER_TIMING_VOICED_BEFORE` as `before`.
std::string TimingWord(evidence::v1::PeerTiming timing) {
  switch (timing) {
    case evidence::v1::PEER_TIMING_VOICED_BEFORE:
      return "before it joined";
    case evidence::v1::PEER_TIMING_VOICED_AFTER:
      return "after it joined";
    default:
      return "not known";
  }
}

Table ClausesTable(const FindAnswersResponse& response, Footnotes* footnotes) {
  Table table{.title = "Clauses",
              .columns = {{.header = "Instrument", .key = "instrument"},
                          {.header = "Clause", .key = "ref"},
                          {.header = "How it answers", .key = "how_it_answers"},
                          {.header = "Answers", .key = "concern"},
                          {.header = "Sources", .key = "marks"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const ClauseAnswer& clause : response.clauses()) {
    table.rows.push_back(
        {Called(clause.instrument()), clause.ref(), clause.how_it_answers(),
         clause.has_other_concern() ? Called(clause.other_concern()) : std::string("this concern"),
         footnotes->Mark(clause.evidence())});
  }
  return table;
}

Table PublicationsTable(const FindAnswersResponse& response, Footnotes* footnotes) {
  Table table{.title = "Publications",
              .columns = {{.header = "When", .key = "published_date", .whole = true},
                          {.header = "Publication", .key = "publication"},
                          {.header = "Kind", .key = "term"},
                          {.header = "Publisher", .key = "publishers"},
                          {.header = "Bears on", .key = "concern"},
                          {.header = "Sources", .key = "marks"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const PublicationAnswer& one : response.publications()) {
    table.rows.push_back(
        {DateText(one.published_date()), Called(one.publication()), one.term(),
         CalledList(one.publishers()),
         one.has_other_concern() ? Called(one.other_concern()) : std::string("this concern"),
         footnotes->Mark(one.evidence())});
  }
  return table;
}

Table PeersTable(const FindAnswersResponse& response, Footnotes* footnotes) {
  Table table{.title = absl::StrCat("Peers that take part in ", Called(response.target())),
              .columns = {{.header = "Peer", .key = "peer"},
                          {.header = "Concern", .key = "concern"},
                          {.header = "Voiced", .key = "voiced_date", .whole = true},
                          {.header = "Joined", .key = "joined_date", .whole = true},
                          {.header = "Voiced it", .key = "timing"},
                          {.header = "Sources", .key = "marks"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const PeerAnswer& peer : response.peers()) {
    // Two concerns of one holder, theme and year are called the same.
    table.rows.push_back(
        {Called(peer.peer()),
         peer.same_concern() ? std::string("this concern") : CalledWithId(peer.concern()),
         DateText(peer.voiced_date()), DateText(peer.joined_date()), TimingWord(peer.timing()),
         footnotes->Mark(peer.evidence())});
  }
  return table;
}

// All answers in one table, which CSV needs.
Table AnswersTable(const FindAnswersResponse& response, const Footnotes& footnotes) {
  Table table{.title = "",
              .columns = {{.header = "", .key = "kind"},
                          {.header = "", .key = "answer"},
                          {.header = "", .key = "concern"},
                          {.header = "", .key = "date"},
                          {.header = "", .key = "sentence"},
                          {.header = "", .key = "sources"}},
              .rows = {},
              .shown = Shown::kCsvOnly};
  const auto concern = [&](const auto& answer) {
    return answer.has_other_concern() ? answer.other_concern().name() : response.concern().name();
  };
  for (const ClauseAnswer& one : response.clauses()) {
    table.rows.push_back({"clause", one.provision().name(), concern(one), "", one.sentence(),
                          footnotes.SourceNames(one.evidence())});
  }
  for (const PublicationAnswer& one : response.publications()) {
    table.rows.push_back({"publication", one.publication().name(), concern(one),
                          DateText(one.published_date()), one.sentence(),
                          footnotes.SourceNames(one.evidence())});
  }
  for (const PeerAnswer& one : response.peers()) {
    table.rows.push_back({"peer", one.peer().name(), one.concern().name(),
                          DateText(one.joined_date()), one.sentence(),
                          footnotes.SourceNames(one.evidence())});
  }
  return table;
}

Table PartnersTable(const FindSharedConcernsResponse& response, Footnotes* footnotes) {
  Table table{.title = "States that share them",
              .columns = {{.header = "State", .key = "display_name"},
                          {.header = "Name", .key = "state", .shown = Shown::kCsvOnly},
                          {.header = "Themes", .key = "themes", .shown = Shown::kTableOnly},
                          {.header = "Themes", .key = "themes", .shown = Shown::kCsvOnly},
                          {.header = "Concerns", .key = "concerns", .shown = Shown::kCsvOnly},
                          {.header = "Last voiced", .key = "latest_voiced_date", .whole = true},
                          {.header = "Sources", .key = "marks", .shown = Shown::kTableOnly},
                          {.header = "Sources", .key = "sources", .shown = Shown::kCsvOnly}},
              .rows = {}};
  for (const ConcernPartner& partner : response.partners()) {
    table.rows.push_back({Called(partner.state()), partner.state().name(),
                          CalledList(partner.themes()), NameList(partner.themes()),
                          Joined(partner.concerns(), ";"), DateText(partner.latest_voiced_date()),
                          footnotes->Mark(partner.evidence()),
                          footnotes->SourceNames(partner.evidence())});
  }
  return table;
}

Table SharedThemesTable(const FindSharedConcernsResponse& response) {
  Table table{.title = "Themes",
              .columns = {{.header = "Theme", .key = "theme"},
                          {.header = "Other states", .key = "states"},
                          {.header = "Regions and bodies", .key = "bodies"}},
              .rows = {},
              .shown = Shown::kTableOnly};
  for (const SharedConcernTheme& theme : response.themes()) {
    table.rows.push_back(
        {Called(theme.theme()), CalledList(theme.states()), CalledList(theme.bodies())});
  }
  return table;
}

}  // namespace

Document RenderAnswers(const FindAnswersResponse& response) {
  Document document;
  document.Say(response.sentence(), Tone::kStrong);
  SayBasis(response, &document);
  const Concern& concern = response.concern();
  Names voiced;
  for (const Voice& voice : concern.voices()) *voiced.Add() = voice.evidence();
  Footnotes footnotes(response.statements(), response.sources());
  document.Say(absl::StrCat(concern.sentence(), " ", footnotes.Mark(voiced)));
  document.Add(AnswersTable(response, footnotes));
  if (!response.clauses().empty()) document.Add(ClausesTable(response, &footnotes));
  if (!response.publications().empty()) document.Add(PublicationsTable(response, &footnotes));
  if (!response.peers().empty()) document.Add(PeersTable(response, &footnotes));
  document.Add(footnotes.ToTable());
  SayNotes(response.basis(), &document);
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  return document;
}

Document RenderSharedConcerns(const FindSharedConcernsResponse& response) {
  Document document;
  document.Say(response.sentence(), Tone::kStrong);
  SayBasis(response, &document);
  SayRegion(response, &document);
  Footnotes footnotes(response.statements(), response.sources());
  document.Add(SharedThemesTable(response));
  document.Add(PartnersTable(response, &footnotes));
  Table concerns{.title = "The concerns",
                 .columns = {{.header = "Who and when", .key = "sentence"},
                             {.header = "Sources", .key = "marks"}},
                 .rows = {},
                 .shown = Shown::kTableOnly};
  for (const Concern& concern : response.concerns()) {
    concerns.rows.push_back({concern.sentence(), footnotes.Mark(concern.evidence())});
  }
  document.Add(std::move(concerns));
  document.Add(footnotes.ToTable());
  SayNotes(response.basis(), &document);
  SayTruncated(response.truncated(), response.reached_bounds(), &document);
  return document;
}

}  // namespace attlas::cli
