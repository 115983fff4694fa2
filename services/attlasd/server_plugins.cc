#include "services/attlasd/server_plugins.h"

#include <grpcpp/ext/channelz_service_plugin.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/impl/server_builder_plugin.h>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace attlas::services {
namespace {

class ChosenPlugins final : public grpc::ServerBuilderOption {
 public:
  explicit ChosenPlugins(const ServerPlugins& plugins) : plugins_(plugins) {}

  void UpdateArguments(grpc::ChannelArguments*) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>* installed) override {
    std::erase_if(*installed, [this](const auto& plugin) {
      const std::string name = plugin->name();
      return (name == "proto_reflection" && !plugins_.reflection) ||
             (name == "channelz_service" && !plugins_.channelz);
    });
  }

 private:
  const ServerPlugins plugins_;
};

}  // namespace

void InstallPlugins() {
  static std::once_flag once;
  std::call_once(once, [] {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::channelz::experimental::InitChannelzService();
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  });
}

void SetPlugins(const ServerPlugins& plugins, grpc::ServerBuilder* builder) {
  builder->SetOption(std::make_unique<ChosenPlugins>(plugins));
}

}  // namespace attlas::services
