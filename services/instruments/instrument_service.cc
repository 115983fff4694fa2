#include "services/instruments/instrument_service.h"

#include "attlas/instruments/v1/instrument_service.grpc.pb.h"
#include "services/common/handler.h"
#include "services/common/question_handler.h"
#include "services/instruments/instrument_queries.h"

namespace attlas::services {
namespace {

namespace v1 = instruments::v1;

constexpr std::string_view kFullName = "attlas.instruments.v1.InstrumentService";

// Every method takes and gives bytes, so that a kept answer goes out as it is.
using RawService = v1::InstrumentService::WithRawCallbackMethod_ListInstruments<
    v1::InstrumentService::WithRawCallbackMethod_GetInstrument<
        v1::InstrumentService::WithRawCallbackMethod_GetStateProfile<
            v1::InstrumentService::WithRawCallbackMethod_GetStatus<
                v1::InstrumentService::WithRawCallbackMethod_GetStatusTimeline<
                    v1::InstrumentService::WithRawCallbackMethod_CompareFigures<
                        v1::InstrumentService::WithRawCallbackMethod_GetMembershipShare<
                            v1::InstrumentService::WithRawCallbackMethod_RankCandidates<
                                v1::InstrumentService::WithRawCallbackMethod_GetReportingStatus<
                                    v1::InstrumentService::
                                        WithRawCallbackMethod_FindSharedReporting<
                                            v1::InstrumentService::Service>>>>>>>>>>;

class InstrumentServiceFace final : public RawService, public HostedService {
 public:
  InstrumentServiceFace(GraphApi* graph, ServiceRuntime* runtime)
      : graph_(graph), runtime_(runtime), queries_(graph, runtime->page_tokens()) {}

  std::string_view name() const override { return "instruments"; }
  std::string_view full_name() const override { return kFullName; }
  grpc::Service* grpc_service() override { return this; }
  void Forget() override { queries_.Forget(); }
  BoundedCache::Statistics kept_subgraphs() const override { return queries_.kept_subgraphs(); }

  grpc::ServerUnaryReactor* ListInstruments(grpc::CallbackServerContext* context,
                                            const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override {
    return AnswerQuestion(&list_instruments_, *graph_, context, request, response, &queries_,
                          &instruments::InstrumentQueries::ListInstruments);
  }
  grpc::ServerUnaryReactor* GetInstrument(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override {
    return AnswerQuestion(&get_instrument_, *graph_, context, request, response, &queries_,
                          &instruments::InstrumentQueries::GetInstrument);
  }
  grpc::ServerUnaryReactor* GetStateProfile(grpc::CallbackServerContext* context,
                                            const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override {
    return AnswerQuestion(&get_state_profile_, *graph_, context, request, response, &queries_,
                          &instruments::InstrumentQueries::GetStateProfile);
  }
  grpc::ServerUnaryReactor* GetStatus(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override {
    return AnswerQuestion(&get_status_, *graph_, context, request, response, &queries_,
                          &instruments::InstrumentQueries::GetStatus);
  }
  grpc::ServerUnaryReactor* GetStatusTimeline(grpc::CallbackServerContext* context,
                                              const grpc::ByteBuffer* request,
                                              grpc::ByteBuffer* response) override {
    return AnswerQuestion(&get_status_timeline_, *graph_, context, request, response, &queries_,
                          &instruments::InstrumentQueries::GetStatusTimeline);
  }
  grpc::ServerUnaryReactor* CompareFigures(grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override {
    return AnswerQuestion(&compare_figures_, *graph_, context, request, response, &queries_,
                          &instruments::InstrumentQueries::CompareFigures);
  }
  grpc::ServerUnaryReactor* GetMembershipShare(grpc::CallbackServerContext* context,
                                               const grpc::ByteBuffer* request,
                                               grpc::ByteBuffer* response) override {
    return AnswerQuestion(&get_membership_share_, *graph_, context, request, response, &queries_,
                          &instruments::InstrumentQueries::GetMembershipShare);
  }
  grpc::ServerUnaryReactor* RankCandidates(grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override {
    return AnswerQuestion(&rank_candidates_, *graph_, context, request, response, &queries_,
                          &instruments::InstrumentQueries::RankCandidates);
  }
  grpc::ServerUnaryReactor* GetReportingStatus(grpc::CallbackServerContext* context,
                                               const grpc::ByteBuffer* request,
                                               grpc::ByteBuffer* response) override {
    return AnswerQuestion(&get_reporting_status_, *graph_, context, request, response, &queries_,
                          &instruments::InstrumentQueries::GetReportingStatus);
  }
  grpc::ServerUnaryReactor* FindSharedReporting(grpc::CallbackServerContext* context,
                                                const grpc::ByteBuffer* request,
                                                grpc::ByteBuffer* response) override {
    return AnswerQuestion(&find_shared_reporting_, *graph_, context, request, response, &queries_,
                          &instruments::InstrumentQueries::FindSharedReporting);
  }

 private:
  const GraphApi* const graph_;
  ServiceRuntime* const runtime_;
  instruments::InstrumentQueries queries_;
  Method list_instruments_{runtime_, kFullName, "ListInstruments", QuestionOptions(*runtime_)};
  Method get_instrument_{runtime_, kFullName, "GetInstrument", QuestionOptions(*runtime_)};
  Method get_state_profile_{runtime_, kFullName, "GetStateProfile", QuestionOptions(*runtime_)};
  Method get_status_{runtime_, kFullName, "GetStatus", QuestionOptions(*runtime_)};
  Method get_status_timeline_{runtime_, kFullName, "GetStatusTimeline", QuestionOptions(*runtime_)};
  Method compare_figures_{runtime_, kFullName, "CompareFigures", QuestionOptions(*runtime_)};
  Method get_membership_share_{runtime_, kFullName, "GetMembershipShare",
                               QuestionOptions(*runtime_)};
  Method rank_candidates_{runtime_, kFullName, "RankCandidates", QuestionOptions(*runtime_)};
  Method get_reporting_status_{runtime_, kFullName, "GetReportingStatus",
                               QuestionOptions(*runtime_)};
  Method find_shared_reporting_{runtime_, kFullName, "FindSharedReporting",
                                QuestionOptions(*runtime_)};
};

}  // namespace

std::unique_ptr<HostedService> MakeInstrumentService(GraphApi* graph, ServiceRuntime* runtime) {
  return std::make_unique<InstrumentServiceFace>(graph, runtime);
}

}  // namespace attlas::services
