#include "services/gateway/site/embedded_protos.h"

#include <cstddef>

// Generated protos know names and types alone: comments are in the descriptor set, which the
// assembler takes into the program as it is. ATTLAS_PROTOSET is its path.
asm(".pushsection .rodata\n"
    ".global attlas_protoset_begin\n"
    ".global attlas_protoset_end\n"
    "attlas_protoset_begin:\n"
    ".incbin \"" ATTLAS_PROTOSET
    "\"\n"
    "attlas_protoset_end:\n"
    ".byte 0\n"
    ".popsection\n");

extern "C" {
extern const char attlas_protoset_begin[];
extern const char attlas_protoset_end[];
}

namespace attlas::gateway {

std::string_view EmbeddedProtos() {
  return {attlas_protoset_begin, static_cast<size_t>(attlas_protoset_end - attlas_protoset_begin)};
}

}  // namespace attlas::gateway
