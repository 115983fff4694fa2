// A request for every RPC that answers a question, by service and method, in the JSON of the protos.
export const questions: Record<string, Record<string, Record<string, unknown>>> = {
  graph: {
    getNode: { name: "states/IDN" },
    batchGetNodes: { names: ["states/IDN", "states/PHL"] },
    listNodes: { pageSize: 7, selector: { types: ["state"] } },
    listEdges: { node: "states/IDN", pageSize: 3 },
    matchPaths: {
      patterns: [{ start: { types: ["state"] }, hops: [{ to: { types: ["instrument"] } }] }],
      maxPaths: 20,
    },
    findPaths: { from: "states/IDN", to: "states/PHL", maxPaths: 5 },
    getNeighborhood: { node: "instruments/att", maxFanOut: 10 },
    getHistory: { name: "states/IDN" },
    getOntology: {},
    getStatistics: {},
  },
  instruments: {
    listInstruments: { pageSize: 5 },
    getInstrument: { name: "instruments/att", includeSources: true },
    getStateProfile: { state: "IDN", includeSources: true },
    getStatus: { instrument: "att", grouping: "asean" },
    getStatusTimeline: { instrument: "att", grouping: "asean" },
    compareFigures: { figure: "sas-18-of-40", includeSources: true },
    getMembershipShare: { body: "asean", instrument: "att" },
    rankCandidates: { instrument: "att", grouping: "asean", pageSize: 3 },
    getReportingStatus: { instrument: "att", state: "PHL" },
    findSharedReporting: { state: "IDN", target: "att" },
  },
  synergies: {
    findSynergies: { state: "IDN", target: "att", includeSources: true },
    compareInstruments: { instrument: "att", others: ["unpoa"] },
    simulateParticipation: {
      state: "IDN",
      changes: [{ instrument: "att", act: "SUPPOSED_ACT_JOIN" }],
    },
    findBridges: { state: "IDN", target: "att", pageSize: 20 },
  },
  cooperation: {
    getRoleMap: { state: "PHL", instrument: "att", includeSources: true },
    findCooperation: { state: "PHL" },
    findDecisionPath: { from: "phl-stmo" },
    getReach: { state: "PHL", agencyKind: "customs" },
    findDuplication: { instrument: "att" },
    findNetworks: { states: ["FJI", "VUT", "IDN"] },
    planConvening: {
      theme: "border-control",
      grouping: "asean",
      startDate: { year: 2026, month: 8, day: 24 },
    },
  },
  evidence: {
    listConcerns: { state: "IND" },
    findAnswers: { concern: "ch-ind-nonstate" },
    listUnanswered: { grouping: "asean", missing: ["ANSWER_KIND_PEER"] },
    findSharedConcerns: { state: "IND" },
    getChanges: { node: "states/PHL", since: { year: 2020 } },
    search: { query: "arms", pageSize: 3 },
    getSource: { source: "sources/country-codes" },
    listStatementsOf: { source: "sources/country-codes", pageSize: 3 },
  },
  engagement: {
    listEngagements: { pageSize: 20 },
    getEngagement: { name: "events/csp1" },
    listSpaces: {},
  },
  transfers: {
    getRanking: { direction: "TRANSFER_DIRECTION_IMPORT" },
    countInRegion: { groupings: ["canada-indo-pacific-strategy-40"] },
    getSuppliers: { state: "IDN" },
    getCustomers: { state: "CHN" },
    getExposure: { grouping: "asean", includeParties: true },
  },
};

// Those that need a space, which the tests of spaces make.
export const ofSpaces = new Set(["getSpace", "listNotes"]);
