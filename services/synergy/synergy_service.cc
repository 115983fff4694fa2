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
  void Forget() override { queries_.Forget(); }
  BoundedCache::Statistics kept_subgraphs() const override { return queries_.kept_subgraphs(); }

  grpc::ServerUnaryReactor* FindSynergies(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override {
    return AnswerQuestion(&find_synergies_, *graph_, context, request, response, &queries_,
                          &synergy::SynergyQueries::FindSynergies);
  }
  grpc::ServerUnaryReactor* CompareInstruments(grpc::CallbackServerContext* context,
                                               const grpc::ByteBuffer* request,
                                               grpc::ByteBuffer* response) override {
    return AnswerQuestion(&compare_instruments_, *graph_, context, request, response, &queries_,
                          &synergy::SynergyQueries::CompareInstruments);
  }
  grpc::ServerUnaryReactor* SimulateParticipation(grpc::CallbackServerContext* context,
                                                  const grpc::ByteBuffer* request,
                                                  grpc::ByteBuffer* response) override {
    return AnswerQuestion(&simulate_participation_, *graph_, context, request, response, &queries_,
                          &synergy::SynergyQueries::SimulateParticipation);
  }
  grpc::ServerUnaryReactor* FindBridges(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override {
    return AnswerQuestion(&find_bridges_, *graph_, context, request, response, &queries_,
                          &synergy::SynergyQueries::FindBridges);
  }

 private:
  const GraphApi* const graph_;
  ServiceRuntime* const runtime_;
  synergy::SynergyQueries queries_;
  Method find_synergies_{runtime_, kFullName, "FindSynergies", QuestionOptions(*runtime_)};
  Method compare_instruments_{runtime_, kFullName, "CompareInstruments",
                              QuestionOptions(*runtime_)};
  Method simulate_participation_{runtime_, kFullName, "SimulateParticipation",
                                 QuestionOptions(*runtime_)};
  Method find_bridges_{runtime_, kFullName, "FindBridges", QuestionOptions(*runtime_)};
};

}  // namespace

std::unique_ptr<HostedService> MakeSynergyService(GraphApi* graph, ServiceRuntime* runtime) {
  return std::make_unique<SynergyServiceFace>(graph, runtime);
}

}  // namespace attlas::services
