// The RPCs that the gateway passes on, by the path of their requests.
//
// Threads: immutable once made; thread-safe.
#ifndef ATTLAS_SERVICES_GATEWAY_RPC_METHOD_TABLE_H_
#define ATTLAS_SERVICES_GATEWAY_RPC_METHOD_TABLE_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/descriptor.h"

namespace attlas::gateway {

using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

// `/attlas.graph.v1.GraphService/GetNode`.
std::string PathOf(const MethodDescriptor& method);
// Whether it may be asked by GET: unary and marked as free of side effects.
bool TakesGet(const MethodDescriptor& method);
bool IsStream(const MethodDescriptor& method);

class MethodTable {
 public:
  explicit MethodTable(std::vector<const ServiceDescriptor*> services);

  // Null for a path of no RPC.
  const MethodDescriptor* Find(std::string_view path) const;
  const std::vector<const ServiceDescriptor*>& services() const { return services_; }

 private:
  std::vector<const ServiceDescriptor*> services_;
  std::map<std::string, const MethodDescriptor*, std::less<>> methods_;
};

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_RPC_METHOD_TABLE_H_
