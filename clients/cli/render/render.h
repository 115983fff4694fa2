// What each answer looks like. Pure functions: a response in, a document out.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_CLIENTS_CLI_RENDER_RENDER_H_
#define ATTLAS_CLIENTS_CLI_RENDER_RENDER_H_

#include <vector>

#include "attlas/engagement/v1/engagement_service.pb.h"
#include "attlas/graph/v1/graph_service.pb.h"
#include "attlas/instruments/v1/instrument_service.pb.h"
#include "attlas/synergy/v1/synergy_service.pb.h"
#include "clients/cli/output/document.h"
#include "graph/ingest/problem.h"

namespace attlas::cli {

// `list` also names every state in the table; CSV always does.
Document RenderStatus(const instruments::v1::GetStatusResponse& response, bool list);
Document RenderStateProfile(const instruments::v1::GetStateProfileResponse& response);
Document RenderMembershipShare(const instruments::v1::GetMembershipShareResponse& response);
Document RenderCandidates(const instruments::v1::RankCandidatesResponse& response);
Document RenderReportingStatus(const instruments::v1::GetReportingStatusResponse& response);
Document RenderSharedReporting(const instruments::v1::FindSharedReportingResponse& response);
Document RenderFigures(const instruments::v1::CompareFiguresResponse& response);
// The figures that there are, where none was named.
Document RenderFigureList(const graph::v1::ListNodesResponse& response);

Document RenderEngagements(const engagement::v1::ListEngagementsResponse& response);
Document RenderEngagement(const engagement::v1::GetEngagementResponse& response);
Document RenderRecord(const engagement::v1::RecordEngagementResponse& response);

Document RenderSynergies(const synergy::v1::FindSynergiesResponse& response);
Document RenderComparison(const synergy::v1::CompareInstrumentsResponse& response);
Document RenderSimulation(const synergy::v1::SimulateParticipationResponse& response);
Document RenderBridges(const synergy::v1::FindBridgesResponse& response);

Document RenderNode(const graph::v1::GetNodeResponse& response);
Document RenderPaths(const graph::v1::FindPathsResponse& response);
Document RenderHistory(const graph::v1::GetHistoryResponse& response);
// The changes of a watch.
Document RenderChanges(const google::protobuf::RepeatedPtrField<graph::v1::Change>& changes);

// For CSV; for people, FormatProblem says all of it on one line.
Document RenderProblems(const std::vector<graph::Problem>& problems);

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_RENDER_RENDER_H_
