// What each answer looks like. Pure functions: a response in, a document out.
//
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_CLIENTS_CLI_RENDER_RENDER_H_
#define ATTLAS_CLIENTS_CLI_RENDER_RENDER_H_

#include <vector>

#include "attlas/backup/v1/backup_service.pb.h"
#include "attlas/cooperation/v1/cooperation_service.pb.h"
#include "attlas/engagement/v1/engagement_service.pb.h"
#include "attlas/evidence/v1/evidence_service.pb.h"
#include "attlas/graph/v1/graph_service.pb.h"
#include "attlas/instruments/v1/instrument_service.pb.h"
#include "attlas/synergy/v1/synergy_service.pb.h"
#include "attlas/transfers/v1/transfer_service.pb.h"
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

Document RenderBackups(const backup::v1::ListBackupsResponse& response);
Document RenderCreatedBackup(const backup::v1::CreateBackupResponse& response);
Document RenderVerifiedBackup(const backup::v1::VerifyBackupResponse& response);

Document RenderEngagements(const engagement::v1::ListEngagementsResponse& response);
Document RenderEngagement(const engagement::v1::GetEngagementResponse& response);
Document RenderRecord(const engagement::v1::RecordEngagementResponse& response);

Document RenderConcerns(const evidence::v1::ListConcernsResponse& response);
Document RenderRanking(const transfers::v1::GetRankingResponse& response);
Document RenderRegionCounts(const transfers::v1::CountInRegionResponse& response);
Document RenderSuppliers(const transfers::v1::GetSuppliersResponse& response);
Document RenderCustomers(const transfers::v1::GetCustomersResponse& response);
Document RenderExposure(const transfers::v1::GetExposureResponse& response);
Document RenderUnanswered(const evidence::v1::ListUnansweredResponse& response);
Document RenderAnswers(const evidence::v1::FindAnswersResponse& response);
Document RenderSearch(const evidence::v1::SearchResponse& response);
Document RenderSource(const evidence::v1::GetSourceResponse& response);
Document RenderStatementsOf(const evidence::v1::ListStatementsOfResponse& response);
Document RenderNodeChanges(const evidence::v1::GetChangesResponse& response);
Document RenderSharedConcerns(const evidence::v1::FindSharedConcernsResponse& response);
Document RenderSpaces(const engagement::v1::ListSpacesResponse& response);
Document RenderSpace(const engagement::v1::Space& space);
Document RenderNotes(const engagement::v1::ListNotesResponse& response);
Document RenderPost(const engagement::v1::PostToSpaceResponse& response);
Document RenderRelease(const engagement::v1::ReleaseStatementResponse& response);

Document RenderSynergies(const synergy::v1::FindSynergiesResponse& response);
Document RenderComparison(const synergy::v1::CompareInstrumentsResponse& response);
Document RenderSimulation(const synergy::v1::SimulateParticipationResponse& response);
Document RenderBridges(const synergy::v1::FindBridgesResponse& response);

Document RenderRoleMap(const cooperation::v1::GetRoleMapResponse& response);
Document RenderCooperation(const cooperation::v1::FindCooperationResponse& response);
Document RenderDecisionPath(const cooperation::v1::FindDecisionPathResponse& response);
Document RenderReach(const cooperation::v1::GetReachResponse& response);
Document RenderDuplication(const cooperation::v1::FindDuplicationResponse& response);
Document RenderNetworks(const cooperation::v1::FindNetworksResponse& response);
Document RenderConvening(const cooperation::v1::PlanConveningResponse& response);

Document RenderNode(const graph::v1::GetNodeResponse& response);
Document RenderPaths(const graph::v1::FindPathsResponse& response);
Document RenderHistory(const graph::v1::GetHistoryResponse& response);
// The changes of a watch.
Document RenderChanges(const google::protobuf::RepeatedPtrField<graph::v1::Change>& changes);

// For CSV; for people, FormatProblem says all of it on one line.
Document RenderProblems(const std::vector<graph::Problem>& problems);

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_RENDER_RENDER_H_
