#include "services/synergy/synergy_service.h"

#include "attlas/synergy/v1/synergy_service.grpc.pb.h"
#include "services/common/handler.h"
#include "services/common/question_handler.h"
#include "services/synergy/synergy_queries.h"

namespace attlas::services {
namespace {

namespace v1 = synergy::v1;

constexpr std::string_view kFullName = "attlas.synergy.v1.SynergyService";

// Every method takes and gives bytes, so that a kept answer goes out as it is.
using RawService = v1::SynergyService::WithRawCallbackMethod_FindSynergies<
    v1::SynergyService::WithRawCallbackMethod_CompareInstruments<
        v1::SynergyService::WithRawCallbackMethod_SimulateParticipation<
            v1::SynergyService::WithRawCallbackMethod_FindBridges<v1::SynergyService::Service>>>>;

class SynergyServiceFace final : public RawService, public HostedService {
 public:
  SynergyServiceFace(GraphApi* graph, ServiceRuntime* runtime)
      : graph_(graph), runtime_(runtime), queries_(graph, runtime->page_tokens()) {}

  std::string_view name() const override { return "synergy"; }
  std::string_view full_name() const override { return kFullName; }
  grpc::Service* grpc_service() override { return this; }

  grpc::ServerUnaryReactor* FindSynergies(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &synergy::SynergyQueries::FindSynergies,
                  &methods_.find_synergies);
  }
  grpc::ServerUnaryReactor* CompareInstruments(grpc::CallbackServerContext* context,
                                               const grpc::ByteBuffer* request,
                                               grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &synergy::SynergyQueries::CompareInstruments,
                  &methods_.compare_instruments);
  }
  grpc::ServerUnaryReactor* SimulateParticipation(grpc::CallbackServerContext* context,
                                                  const grpc::ByteBuffer* request,
                                                  grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &synergy::SynergyQueries::SimulateParticipation,
                  &methods_.simulate_participation);
  }
  grpc::ServerUnaryReactor* FindBridges(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override {
    return Answer(context, request, response, &synergy::SynergyQueries::FindBridges,
                  &methods_.find_bridges);
  }

 private:
  struct Methods {
    explicit Methods(ServiceRuntime* runtime)
        : find_synergies(runtime, kFullName, "FindSynergies", Options(runtime)),
          compare_instruments(runtime, kFullName, "CompareInstruments", Options(runtime)),
          simulate_participation(runtime, kFullName, "SimulateParticipation", Options(runtime)),
          find_bridges(runtime, kFullName, "FindBridges", Options(runtime)) {}
    static MethodOptions Options(ServiceRuntime* runtime) {
      return {.default_deadline = runtime->limits().question_deadline};
    }
    Method find_synergies;
    Method compare_instruments;
    Method simulate_participation;
    Method find_bridges;
  };

  // Hands a call to the question of the same name.
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext* context,
                                   const grpc::ByteBuffer* request, grpc::ByteBuffer* response,
                                   absl::StatusOr<Response> (synergy::SynergyQueries::*question)(
                                       const CallContext&, const Request&),
                                   Method* method) {
    return AnswerQuestion<Request, Response>(
        method, *graph_, context, request, response,
        [this, question](const CallContext& call, const Request& asked) {
          return (queries_.*question)(call, asked);
        });
  }

  const GraphApi* const graph_;
  ServiceRuntime* const runtime_;
  synergy::SynergyQueries queries_;
  Methods methods_{runtime_};
};

}  // namespace

std::unique_ptr<HostedService> MakeSynergyService(GraphApi* graph, ServiceRuntime* runtime) {
  return std::make_unique<SynergyServiceFace>(graph, runtime);
}

}  // namespace attlas::services
