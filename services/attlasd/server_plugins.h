// Which of gRPC's own services a server has beside those that it is given.
//
// What: gRPC adds plugins to every server of a process. Health is always there. Here a server says
// which of the others it has, so that what tells of callers is on the admin address alone.
// Threads: functions only; safe from any thread.
#ifndef ATTLAS_SERVICES_ATTLASD_SERVER_PLUGINS_H_
#define ATTLAS_SERVICES_ATTLASD_SERVER_PLUGINS_H_

#include <grpcpp/server_builder.h>

namespace attlas::services {

struct ServerPlugins {
  bool reflection = false;  // Describes the contracts, which are public.
  bool channelz = false;    // Tells of connections and who is at their other end.
};

// Gives the server that is being built these plugins and no others. Before BuildAndStart.
void SetPlugins(const ServerPlugins& plugins, grpc::ServerBuilder* builder);

// What has to be called before the first builder of the process is made.
void InstallPlugins();

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_ATTLASD_SERVER_PLUGINS_H_
