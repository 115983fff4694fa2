// What the commands of `space` share.
//
// Threads: single-thread.
#ifndef ATTLAS_CLIENTS_CLI_COMMANDS_SPACE_CALL_H_
#define ATTLAS_CLIENTS_CLI_COMMANDS_SPACE_CALL_H_

#include <string>
#include <vector>

#include "attlas/engagement/v1/engagement_service.grpc.pb.h"
#include "clients/cli/names.h"
#include "clients/cli/program.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {

// The parts of `space` that are about notes.
void AddSpaceNoteCommands(Program* program, CLI::App* group);

// `spaces/<id>` of a name or an id.
inline std::string SpaceName(const std::string& typed) {
  return typed.find('/') == std::string::npos ? "spaces/" + typed : CanonicalName(typed);
}

// An option that takes one name and may be repeated.
inline void AddNames(CLI::App* command, const char* option, std::vector<std::string>* names,
                     const char* help) {
  command->add_option(option, *names, help)->type_name("NAME")->allow_extra_args(false);
}

// Calls an RPC of EngagementService and shows its answer.
template <typename Response, typename Request, typename Render>
absl::Status CallSpaces(Session& session,
                        grpc::Status (engagement::v1::EngagementService::Stub::*method)(
                            grpc::ClientContext*, const Request&, Response*),
                        const Request& request, Render render) {
  ATTLAS_ASSIGN_OR_RETURN(const Response response, session.connection().Ask(method, request));
  return session.Show(response, [&] { return render(response); });
}

}  // namespace attlas::cli

#endif  // ATTLAS_CLIENTS_CLI_COMMANDS_SPACE_CALL_H_
