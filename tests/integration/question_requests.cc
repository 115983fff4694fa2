#include "tests/integration/question_requests.h"

namespace attlas::testing {
namespace {

using Questions = std::map<std::string, QuestionRequests>;

void AddCooperation(Questions* all) {
  all->insert({{"CooperationService/GetRoleMap",
                {.answered = {"state: 'PHL' instrument: 'att' themes: 'border-control'"},
                 .nothing = "state: 'NOR' instrument: 'att'",
                 .empty = {"agencies"}}},
               {"CooperationService/FindCooperation",
                {.answered = {"state: 'PHL' apart_from: 'att'"},
                 .nothing = "state: 'NOR'",
                 .empty = {"agencies", "instruments", "bodies"}}},
               {"CooperationService/FindDecisionPath",
                {.answered = {"from: 'phl-stmo' to: 'phl-mfa'"},
                 .always = "a way that nobody recorded is told as such, with whom to ask"}},
               {"CooperationService/GetReach",
                {.answered = {"state: 'PHL' theme: 'border-control' agency_kind: 'customs'",
                              "grouping: 'asean' instrument: 'att'"},
                 .nothing = "grouping: 'asean' from_date { year: 2026 month: 2 day: 2 }",
                 .says = "Of 11 places of ASEAN members, 0 were reached"}},
               {"CooperationService/FindDuplication",
                {.answered = {"state: 'PHL' instrument: 'att'",
                              "grouping: 'asean' theme: 'universalization' window_days: 3660"},
                 .nothing = "state: 'NOR'",
                 .empty = {"overlaps"}}},
               {"CooperationService/FindNetworks",
                {.answered = {"states: ['FJI', 'VUT'] theme: 'border-control' "
                              "organization_kinds: 'law-enforcement-network'"},
                 .nothing = "states: ['NOR', 'CHE']",
                 .empty = {"networks"}}},
               {"CooperationService/PlanConvening",
                {.answered = {"theme: 'border-control' grouping: 'asean' "
                              "start_date { year: 2026 month: 8 day: 24 }"},
                 .nothing = "theme: 'victim-assistance' grouping: 'asean' "
                            "start_date { year: 2030 month: 8 day: 24 }",
                 .empty = {"clashes"}}}});
}

void AddEvidence(Questions* all) {
  all->insert({{"EvidenceService/ListConcerns",
                {.answered = {"state: 'IND'", "grouping: 'asean' theme: 'legislation'"},
                 .nothing = "state: 'NOR'",
                 .empty = {"concerns", "themes"}}},
               {"EvidenceService/FindAnswers",
                {.answered = {"concern: 'ch-ind-nonstate' target: 'att'"},
                 .nothing = "concern: 'ch-global-uneven' target: 'att'",
                 .empty = {"clauses", "publications", "peers"}}},
               {"EvidenceService/ListUnanswered",
                {.answered = {"state: 'NPL' target: 'att' missing: ANSWER_KIND_PEER",
                              "grouping: 'asean' theme: 'legislation' missing: ANSWER_KIND_CLAUSE"},
                 .nothing = "state: 'NOR'",
                 .empty = {"concerns"}}},
               {"EvidenceService/FindSharedConcerns",
                {.answered = {"state: 'IND' grouping: 'asean'"},
                 .nothing = "state: 'NOR'",
                 .empty = {"themes", "partners", "concerns"}}},
               {"EvidenceService/Search",
                {.answered = {"query: 'India' types: 'event' themes: 'border-control'"},
                 .nothing = "query: 'xyzzyxyzzy'",
                 .empty = {"hits"}}},
               {"EvidenceService/GetSource",
                {.answered = {"source: 'country-codes'"}, .always = "every source is cited"}},
               {"EvidenceService/ListStatementsOf",
                {.answered = {"source: 'sources/country-codes'",
                              "source: 'apminebanconvention-org' types: 'SERVES'"},
                 .nothing = "source: 'country-codes' types: 'VOICED'",
                 .empty = {"records"}}},
               {"EvidenceService/GetChanges",
                {.answered = {"node: 'states/PHL' since { year: 2020 } types: 'ATTENDED'"},
                 .nothing = "node: 'states/PHL' since { year: 2026 month: 2 day: 2 }",
                 .empty = {"world_changes", "recorded_changes"}}}});
}

void AddEngagement(Questions* all) {
  all->insert(
      {{"EngagementService/ListEngagements",
        {.answered = {"state: 'PHL' term: 'workshop'", "theme: 'border-control'",
                      "agency_kind: 'foreign-affairs'", "instrument: 'att' grouping: 'asean'",
                      "organization: 'unrcpd'"},
         .nothing = "from_date { year: 2026 month: 2 day: 2 }",
         .empty = {"engagements"}}},
       {"EngagementService/GetEngagement",
        {.answered = {"name: 'events/csp1'"}, .always = "one engagement is asked for by name"}},
       {"EngagementService/GetSpace",
        {.answered = {"name: '{space}'"}, .always = "one space is asked for by name"}},
       {"EngagementService/ListSpaces",
        {.answered = {""},
         .nothing = "read { ceiling: TRAFFIC_LIGHT_CLEAR }",
         .empty = {"spaces"}}},
       {"EngagementService/ListNotes",
        {.answered = {"space: '{space}'"},
         .nothing = "space: '{quiet_space}'",
         .empty = {"notes"}}}});
}

void AddInstruments(Questions* all) {
  all->insert(
      {{"InstrumentService/ListInstruments",
        {.answered = {"kind: 'treaty'"}, .always = "there is an instrument of every kind"}},
       {"InstrumentService/GetInstrument",
        {.answered = {"name: 'att'"}, .nothing = "name: 'crc'", .empty = {"provisions"}}},
       {"InstrumentService/GetStateProfile",
        {.answered = {"state: 'IDN'"},
         .nothing = "state: 'NOR'",
         .empty = {"agencies", "concerns"}}},
       {"InstrumentService/GetStatus",
        {.answered = {"instrument: 'att' grouping: 'asean'"},
         .nothing = "instrument: 'att' statuses: PARTICIPATION_STATUS_PARTY "
                    "read { as_of { year: 2013 month: 4 day: 2 } }",
         .empty = {"states"}}},
       {"InstrumentService/GetStatusTimeline",
        {.answered = {"instrument: 'att' grouping: 'asean'"},
         .nothing = "instrument: 'att' read { as_of { year: 2013 month: 4 day: 2 } }",
         .empty = {"changes"}}},
       {"InstrumentService/CompareFigures",
        {.answered = {"figure: 'sas-18-of-40'", "instrument: 'att' groupings: 'asean'"},
         .always = "figures are asked for by name, and regions have a count of their own"}},
       {"InstrumentService/GetMembershipShare",
        {.answered = {"body: 'asean' instrument: 'att'"},
         .always = "the members of a body are listed with what they are"}},
       {"InstrumentService/RankCandidates",
        {.answered = {"instrument: 'att' grouping: 'asean'"},
         .nothing = "instrument: 'geneva-conventions-1949' grouping: 'asean'",
         .empty = {"candidates"}}},
       {"InstrumentService/GetReportingStatus",
        {.answered = {"instrument: 'att' state: 'PHL'", "instrument: 'att' grouping: 'asean'"},
         .nothing = "instrument: 'att' state: 'IDN'",
         .empty = {"reports"}}},
       {"InstrumentService/FindSharedReporting",
        {.answered = {"state: 'PHL' target: 'att'"},
         .always = "the duties of every instrument are listed, whether carried or not"}}});
}

void AddSynergy(Questions* all) {
  all->insert(
      {{"SynergyService/FindSynergies",
        {.answered = {"state: 'IDN' target: 'att' themes: 'brokering' instruments: 'unpoa'"},
         .nothing = "state: 'IDN' target: 'att' classes: COMMITMENT_CLASS_NEW",
         .empty = {"themes"}}},
       {"SynergyService/CompareInstruments",
        {.answered = {"instrument: 'att' others: 'unpoa'"},
         .always = "the themes of an instrument are shown beside those of none"}},
       {"SynergyService/SimulateParticipation",
        {.answered = {"state: 'IDN' target: 'att' "
                      "changes { instrument: 'att' act: SUPPOSED_ACT_JOIN }"},
         .nothing = "state: 'PHL' target: 'att' "
                    "changes { instrument: 'att' act: SUPPOSED_ACT_JOIN }",
         .empty = {"class_changes", "gained_themes", "lost_themes"}}},
       {"SynergyService/FindBridges",
        {.answered = {"state: 'IDN' target: 'att'"},
         .nothing = "state: 'IDN' target: 'att' read { as_of { year: 2013 month: 4 day: 2 } }",
         .empty = {"bridges", "same_concern"}}}});
}

void AddTransfers(Questions* all) {
  all->insert(
      {{"TransferService/GetRanking",
        {.answered = {"direction: TRANSFER_DIRECTION_IMPORT grouping: 'asean' instrument: 'att' "
                      "dataset: 'sipri-transfers-2020-2024'"},
         .nothing = "direction: TRANSFER_DIRECTION_EXPORT grouping: 'm49-polynesia'",
         .empty = {"places"}}},
       {"TransferService/CountInRegion",
        {.answered = {"groupings: 'asean' datasets: 'sipri-transfers-2020-2024' instrument: 'att'"},
         .nothing = "groupings: 'm49-polynesia'",
         .says = "0 of the 25 largest exporters"}},
       {"TransferService/GetSuppliers",
        {.answered = {"state: 'IDN' dataset: 'sipri-transfers-2020-2024' instrument: 'att'"},
         .nothing = "state: 'NRU'",
         .says = "do not say from whom"}},
       {"TransferService/GetCustomers",
        {.answered = {"state: 'CHN' dataset: 'sipri-transfers-2020-2024' instrument: 'att'"},
         .nothing = "state: 'NRU'",
         .empty = {"customers"}}},
       {"TransferService/GetExposure",
        {.answered = {"grouping: 'asean' context_kinds: 'arms-embargo' include_parties: true "
                      "dataset: 'sipri-transfers-2020-2024' instrument: 'att'",
                      "state: 'IDN'"},
         .nothing = "grouping: 'm49-polynesia'",
         .empty = {"importers"}}}});
}

}  // namespace

const std::map<std::string, QuestionRequests>& QuestionsToAsk() {
  static const Questions* const questions = [] {
    auto* const all = new Questions();
    AddCooperation(all);
    AddEvidence(all);
    AddEngagement(all);
    AddInstruments(all);
    AddSynergy(all);
    AddTransfers(all);
    return all;
  }();
  return *questions;
}

}  // namespace attlas::testing
