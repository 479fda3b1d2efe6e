// Accounts that share the shards. Three zones, no key that could be copied, no address outside the network.
param location string
param name string
param count int
param writerPrincipalId string
param subnetId string
param tableZoneId string
param blobZoneId string
param workspaceId string

var services = [
  {
    name: 'table'
    zoneId: tableZoneId
    role: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3')
  }
  {
    name: 'blob'
    zoneId: blobZoneId
    role: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe')
  }
]

// One of each service for each account.
var pairs = [
  for place in range(0, count * length(services)): {
    account: place / length(services)
    service: services[place % length(services)]
  }
]

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = [
  for place in range(0, count): {
    name: '${name}${uniqueString(resourceGroup().id)}${padLeft(place, 2, '0')}'
    location: location
    kind: 'StorageV2'
    sku: {
      name: 'Standard_ZRS'
    }
    properties: {
      allowBlobPublicAccess: false
      allowCrossTenantReplication: false
      allowSharedKeyAccess: false
      defaultToOAuthAuthentication: true
      minimumTlsVersion: 'TLS1_2'
      publicNetworkAccess: 'Disabled'
      supportsHttpsTrafficOnly: true
      networkAcls: {
        bypass: 'None'
        defaultAction: 'Deny'
      }
      encryption: {
        keySource: 'Microsoft.Storage'
        requireInfrastructureEncryption: true
      }
    }
  }
]

resource writer 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for pair in pairs: {
    name: guid(account[pair.account].id, writerPrincipalId, pair.service.role)
    scope: account[pair.account]
    properties: {
      principalId: writerPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: pair.service.role
    }
  }
]

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = [
  for pair in pairs: {
    name: '${name}-${pair.service.name}-${padLeft(pair.account, 2, '0')}'
    location: location
    properties: {
      subnet: {
        id: subnetId
      }
      privateLinkServiceConnections: [
        {
          name: pair.service.name
          properties: {
            privateLinkServiceId: account[pair.account].id
            groupIds: [pair.service.name]
          }
        }
      ]
    }
  }
]

resource names 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = [
  for (pair, place) in pairs: {
    parent: endpoint[place]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: pair.service.name
          properties: {
            privateDnsZoneId: pair.service.zoneId
          }
        }
      ]
    }
  }
]

resource tables 'Microsoft.Storage/storageAccounts/tableServices@2023-05-01' existing = [
  for place in range(0, count): {
    parent: account[place]
    name: 'default'
  }
]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = [
  for place in range(0, count): {
    name: 'to-workspace'
    scope: tables[place]
    properties: {
      workspaceId: workspaceId
      metrics: [
        {
          category: 'Transaction'
          enabled: true
        }
      ]
    }
  }
]

output tableEndpoints array = [for place in range(0, count): account[place].properties.primaryEndpoints.table]
output blobEndpoints array = [for place in range(0, count): account[place].properties.primaryEndpoints.blob]
