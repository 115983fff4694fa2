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

  grpc::ServerUnaryReactor* ListInstruments(grpc::CallbackServerContext* context,
                                            const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &instruments::InstrumentQueries::ListInstruments,
                  &methods_.list_instruments);
  }
  grpc::ServerUnaryReactor* GetInstrument(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &instruments::InstrumentQueries::GetInstrument,
                  &methods_.get_instrument);
  }
  grpc::ServerUnaryReactor* GetStateProfile(grpc::CallbackServerContext* context,
                                            const grpc::ByteBuffer* request,
                                            grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &instruments::InstrumentQueries::GetStateProfile,
                  &methods_.get_state_profile);
  }
  grpc::ServerUnaryReactor* GetStatus(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &instruments::InstrumentQueries::GetStatus,
                  &methods_.get_status);
  }
  grpc::ServerUnaryReactor* GetStatusTimeline(grpc::CallbackServerContext* context,
                                              const grpc::ByteBuffer* request,
                                              grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &instruments::InstrumentQueries::GetStatusTimeline,
                  &methods_.get_status_timeline);
  }
  grpc::ServerUnaryReactor* CompareFigures(grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &instruments::InstrumentQueries::CompareFigures,
                  &methods_.compare_figures);
  }
  grpc::ServerUnaryReactor* GetMembershipShare(grpc::CallbackServerContext* context,
                                               const grpc::ByteBuffer* request,
                                               grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &instruments::InstrumentQueries::GetMembershipShare,
                  &methods_.get_membership_share);
  }
  grpc::ServerUnaryReactor* RankCandidates(grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &instruments::InstrumentQueries::RankCandidates,
                  &methods_.rank_candidates);
  }
  grpc::ServerUnaryReactor* GetReportingStatus(grpc::CallbackServerContext* context,
                                               const grpc::ByteBuffer* request,
                                               grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &instruments::InstrumentQueries::GetReportingStatus,
                  &methods_.get_reporting_status);
  }
  grpc::ServerUnaryReactor* FindSharedReporting(grpc::CallbackServerContext* context,
                                                const grpc::ByteBuffer* request,
                                                grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &instruments::InstrumentQueries::FindSharedReporting,
                  &methods_.find_shared_reporting);
  }

 private:
  struct Methods {
    explicit Methods(ServiceRuntime* runtime)
        : list_instruments(runtime, kFullName, "ListInstruments", Options(runtime)),
          get_instrument(runtime, kFullName, "GetInstrument", Options(runtime)),
          get_state_profile(runtime, kFullName, "GetStateProfile", Options(runtime)),
          get_status(runtime, kFullName, "GetStatus", Options(runtime)),
          get_status_timeline(runtime, kFullName, "GetStatusTimeline", Options(runtime)),
          compare_figures(runtime, kFullName, "CompareFigures", Options(runtime)),
          get_membership_share(runtime, kFullName, "GetMembershipShare", Options(runtime)),
          rank_candidates(runtime, kFullName, "RankCandidates", Options(runtime)),
          get_reporting_status(runtime, kFullName, "GetReportingStatus", Options(runtime)),
          find_shared_reporting(runtime, kFullName, "FindSharedReporting", Options(runtime)) {}
    static MethodOptions Options(ServiceRuntime* runtime) {
      return {.default_deadline = runtime->limits().question_deadline};
    }
    Method list_instruments;
    Method get_instrument;
    Method get_state_profile;
    Method get_status;
    Method get_status_timeline;
    Method compare_figures;
    Method get_membership_share;
    Method rank_candidates;
    Method get_reporting_status;
    Method find_shared_reporting;
  };

  // Hands a call to the question of the same name.
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* Answer(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response,
      absl::StatusOr<Response> (instruments::InstrumentQueries::*question)(const CallContext&,
                                                                           const Request&) const,
      Method* method) {
    return AnswerQuestion<Request, Response>(
        method, *graph_, context, request, response,
        [this, question](const CallContext& call, const Request& asked) {
          return (queries_.*question)(call, asked);
        });
  }

  const GraphApi* const graph_;
  ServiceRuntime* const runtime_;
  instruments::InstrumentQueries queries_;
  Methods methods_{runtime_};
};

}  // namespace

std::unique_ptr<HostedService> MakeInstrumentService(GraphApi* graph, ServiceRuntime* runtime) {
  return std::make_unique<InstrumentServiceFace>(graph, runtime);
}

}  // namespace attlas::services
