#include "tests/integration/read_requests.h"

namespace attlas::testing {

const std::map<std::string, std::vector<std::string>>& ReadRequests() {
  static const auto* const requests = new std::map<std::string, std::vector<std::string>>{
      {"GraphService/GetNode",
       {"name: 'states/IDN'", "name: 'states/XQS'", "name: 'states/XQZ'", "name: 'states/XQ'",
        "name: 'organizations/xq-salt'", "name: 'sources/seen-late'", "name: 'sources/xq-salt'"}},
      {"GraphService/BatchGetNodes",
       {"names: ['states/IDN', 'states/XQS', 'states/XQZ'] allow_missing: true",
        "names: ['states/IDN', 'states/XQS']"}},
      {"GraphService/ListNodes",
       {"page_size: 1000", "page_size: 7 selector { types: 'state' }",
        "selector { predicates { property: 'region' comparison: COMPARISON_PRESENT } }"}},
      {"GraphService/ListEdges",
       {"page_size: 1000", "node: 'states/IDN' page_size: 3", "node: 'instruments/att'",
        "node: 'states/XQS'", "read { as_of { year: 2020 } } node: 'states/PHL'"}},
      {"GraphService/Traverse",
       {"start_nodes: 'states/IDN' max_depth: 3 direction: DIRECTION_EITHER names_only: true",
        "start_nodes: 'states/IDN' max_depth: 8 direction: DIRECTION_EITHER max_nodes: 50 "
        "max_fan_out: 5",
        "start_nodes: 'states/XQS'"}},
      {"GraphService/MatchPaths",
       {"patterns { start { names: 'states/PHL' } hops { direction: DIRECTION_EITHER } hops { "
        "direction: DIRECTION_EITHER } } max_paths: 500",
        "patterns { start { types: 'state' } hops { to { types: 'instrument' } } } result: "
        "MATCH_RESULT_SUBGRAPH max_bytes: 1000000",
        "patterns { start { names: 'states/XQS' } }"}},
      {"GraphService/FindPaths",
       {"from: 'states/IDN' to: 'instruments/att' max_paths: 20",
        "from: 'states/IDN' to: 'states/PHL' max_paths: 5 confidence_penalty: 0.5",
        "from: 'states/IDN' to: 'states/PHL' max_paths: 3",
        "from: 'states/MHL' to: 'states/CHE' max_paths: 10",
        "from: 'states/IDN' to: 'states/XQS'"}},
      {"GraphService/GetNeighborhood",
       {"node: 'states/IDN' max_nodes: 300", "node: 'instruments/att' max_fan_out: 10",
        "node: 'instruments/att' max_depth: 2 max_nodes: 2000 max_bytes: 100000",
        "node: 'states/XQS'"}},
      {"GraphService/Watch",
       {"from_earliest: true", "from_earliest: true types: ['state', 'CONSENTED_TO']"}},
      {"GraphService/GetHistory",
       {"name: 'states/IDN'", "name: 'states/XQS'", "name: '{edge}'", "name: '{clear_edge}'",
        "name: '{late_edge}'", "name: 'sources/seen-late'", "name: 'sources/comes-and-goes'"}},
      {"GraphService/GetOntology", {""}},
      {"GraphService/GetStatistics", {"", "read { as_of { year: 2014 } }"}},
      {"GraphService/Export", {"", "types: ['state', 'CONSENTED_TO']"}},
      {"InstrumentService/ListInstruments", {"page_size: 5", "page_size: 1000"}},
      {"InstrumentService/GetInstrument",
       {"name: 'instruments/att' include_sources: true", "name: 'instruments/xq-salt'"}},
      {"InstrumentService/GetStateProfile",
       {"state: 'IDN' include_sources: true", "state: 'PHL'", "state: 'Indonesia'", "state: 'XQS'",
        "state: 'XQ'"}},
      {"InstrumentService/GetStatus",
       {"instrument: 'att' include_sources: true", "instrument: 'att' grouping: 'asean'",
        "instrument: 'att' read { as_of { year: 2024 month: 8 day: 31 } }", "instrument: 'atx'"}},
      {"InstrumentService/GetStatusTimeline",
       {"instrument: 'att'", "instrument: 'att' grouping: 'asean'"}},
      {"InstrumentService/CompareFigures", {"", "figure: 'sas-18-of-40' include_sources: true"}},
      {"SynergyService/FindSynergies",
       {"state: 'IDN' target: 'att' include_sources: true", "state: 'COK' target: 'att'",
        "state: 'Indonesia' target: 'att'", "state: 'XQS' target: 'att'",
        "state: 'IDN' target: 'att' read { min_confidence: CONFIDENCE_UNVERIFIED }"}},
      {"SynergyService/CompareInstruments",
       {"instrument: 'att'", "instrument: 'att' others: 'un-poa'"}},
      {"SynergyService/SimulateParticipation",
       {"state: 'IDN' changes { instrument: 'att' act: SUPPOSED_ACT_JOIN }",
        "state: 'IDN' changes { instrument: 'att' act: SUPPOSED_ACT_JOIN } target: 'att'"}},
      {"SynergyService/FindBridges",
       {"state: 'IDN' target: 'att' page_size: 20 include_sources: true"}}};
  return *requests;
}

}  // namespace attlas::testing
