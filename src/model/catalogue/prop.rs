//! The id of every property, once: the catalogue's tables and all code that reads a fixed property use
//! these constants, so that a misspelt id does not compile.

use std::fmt;

/// The id of a property in the catalogue: the ECS API's or CloudFormation's own name where there is one.
/// Only this module makes one; ids that come from documents are plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PropId(&'static str);

impl PropId {
    /// The name in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for PropId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl From<PropId> for String {
    fn from(id: PropId) -> Self {
        id.0.to_owned()
    }
}

pub const ACCESS_POINT: PropId = PropId("accessPoint");
pub const ACTIONS: PropId = PropId("actions");
pub const ADDRESSING: PropId = PropId("addressing");
pub const APP_PROTOCOL: PropId = PropId("appProtocol");
pub const AS: PropId = PropId("as");
pub const ASSIGN_PUBLIC_IP: PropId = PropId("assignPublicIp");
pub const AUTHENTICATED: PropId = PropId("authenticated");
pub const AUTO_ROLLBACK: PropId = PropId("autoRollback");
pub const AVAILABILITY_MODE: PropId = PropId("availabilityMode");
pub const AVAILABILITY_ZONE: PropId = PropId("availabilityZone");
pub const AVAILABILITY_ZONE_REBALANCING: PropId = PropId("availabilityZoneRebalancing");
pub const BAKE_TIME_IN_MINUTES: PropId = PropId("bakeTimeInMinutes");
pub const BASE: PropId = PropId("base");
pub const BLOCK_INSTANCE_METADATA: PropId = PropId("blockInstanceMetadata");
pub const COMPUTE: PropId = PropId("compute");
pub const CONNECTIVITY_TYPE: PropId = PropId("connectivityType");
pub const CONTAINER: PropId = PropId("container");
pub const CONTAINERS: PropId = PropId("containers");
pub const CONTAINER_INSIGHTS: PropId = PropId("containerInsights");
pub const CONTAINER_PORT: PropId = PropId("containerPort");
pub const COUNT: PropId = PropId("count");
pub const CPU: PropId = PropId("cpu");
pub const CPU_ARCHITECTURE: PropId = PropId("cpuArchitecture");
pub const CREATED: PropId = PropId("created");
pub const CREATE_GROUP: PropId = PropId("createGroup");
pub const CUSTOM_IMAGE: PropId = PropId("customImage");
pub const DEPLOYMENT_CIRCUIT_BREAKER: PropId = PropId("deploymentCircuitBreaker");
pub const DEPLOYMENT_CONFIG_NAME: PropId = PropId("deploymentConfigName");
pub const DEPLOYMENT_CONTROLLER: PropId = PropId("deploymentController");
pub const DEPLOYMENT_ROLLBACK: PropId = PropId("deploymentRollback");
pub const DEPLOYMENT_STRATEGY: PropId = PropId("deploymentStrategy");
pub const DEREGISTRATION_DELAY_SECONDS: PropId = PropId("deregistrationDelaySeconds");
pub const DESIRED_CAPACITY: PropId = PropId("desiredCapacity");
pub const DESIRED_COUNT: PropId = PropId("desiredCount");
pub const DIRECTION: PropId = PropId("direction");
pub const DISABLE_SCALE_IN: PropId = PropId("disableScaleIn");
pub const DISCOVERY_NAME: PropId = PropId("discoveryName");
pub const DRIVER: PropId = PropId("driver");
pub const DUAL_STACK_URI: PropId = PropId("dualStackUri");
pub const EGRESS_ONLY: PropId = PropId("egressOnly");
pub const ENABLE_DNS_SUPPORT: PropId = PropId("enableDnsSupport");
pub const ENABLE_EXECUTE_COMMAND: PropId = PropId("enableExecuteCommand");
pub const ENCRYPTED: PropId = PropId("encrypted");
pub const ENGINE: PropId = PropId("engine");
pub const ENI_TRUNKING: PropId = PropId("eniTrunking");
pub const EPHEMERAL_STORAGE_GIB: PropId = PropId("ephemeralStorageGiB");
pub const ESSENTIAL: PropId = PropId("essential");
pub const EXPRESSION: PropId = PropId("expression");
pub const EXPRESS_MODE: PropId = PropId("expressMode");
pub const FIELD: PropId = PropId("field");
pub const FILTER: PropId = PropId("filter");
pub const FROM_PORT: PropId = PropId("fromPort");
pub const GPU: PropId = PropId("gpu");
pub const GPU_AMI: PropId = PropId("gpuAmi");
pub const HANDOVER_SECONDS: PropId = PropId("handoverSeconds");
pub const HEALTH_CHECK_GRACE_PERIOD_SECONDS: PropId = PropId("healthCheckGracePeriodSeconds");
pub const HEALTH_CHECK_PATH: PropId = PropId("healthCheckPath");
pub const HOST_PORT: PropId = PropId("hostPort");
pub const IAM: PropId = PropId("iam");
pub const IMAGE_TAG_MUTABILITY: PropId = PropId("imageTagMutability");
pub const INSTANCE_TYPE: PropId = PropId("instanceType");
pub const INTEGRATION: PropId = PropId("integration");
pub const IP_ADDRESS_TYPE: PropId = PropId("ipAddressType");
pub const LAUNCH_TYPE: PropId = PropId("launchType");
pub const LISTENER: PropId = PropId("listener");
pub const LISTENER_PORT: PropId = PropId("listenerPort");
pub const MANAGED_DRAINING: PropId = PropId("managedDraining");
pub const MANAGED_POLICIES: PropId = PropId("managedPolicies");
pub const MANAGED_SCALING: PropId = PropId("managedScaling");
pub const MANAGED_TERMINATION_PROTECTION: PropId = PropId("managedTerminationProtection");
pub const MARKET: PropId = PropId("market");
pub const MAXIMUM_PERCENT: PropId = PropId("maximumPercent");
pub const MAX_CAPACITY: PropId = PropId("maxCapacity");
pub const MAX_SIZE: PropId = PropId("maxSize");
pub const MAY_END: PropId = PropId("mayEnd");
pub const MEMORY: PropId = PropId("memory");
pub const MEMORY_SIZE: PropId = PropId("memorySize");
pub const MESSAGES_PER_HOUR: PropId = PropId("messagesPerHour");
pub const METRIC: PropId = PropId("metric");
pub const MINIMUM_HEALTHY_PERCENT: PropId = PropId("minimumHealthyPercent");
pub const MIN_CAPACITY: PropId = PropId("minCapacity");
pub const MIN_SIZE: PropId = PropId("minSize");
pub const MODE: PropId = PropId("mode");
pub const MULTI_AZ: PropId = PropId("multiAZ");
pub const NAME: PropId = PropId("name");
pub const NETWORK_MODE: PropId = PropId("networkMode");
pub const OPERATING_SYSTEM: PropId = PropId("operatingSystem");
pub const OPERATING_SYSTEM_FAMILY: PropId = PropId("operatingSystemFamily");
pub const OTHER_ACCOUNT: PropId = PropId("otherAccount");
pub const OUTBOUND_INTERNET: PropId = PropId("outboundInternet");
pub const PLACEMENT_CONSTRAINTS: PropId = PropId("placementConstraints");
pub const PLACEMENT_STRATEGY: PropId = PropId("placementStrategy");
pub const PLATFORM_VERSION: PropId = PropId("platformVersion");
pub const POLICY_ALLOWS_PULL: PropId = PropId("policyAllowsPull");
pub const POLICY_TYPE: PropId = PropId("policyType");
pub const PORT: PropId = PropId("port");
pub const PRIVATE_DNS_ENABLED: PropId = PropId("privateDnsEnabled");
pub const PRIVILEGED: PropId = PropId("privileged");
pub const PROTOCOL: PropId = PropId("protocol");
pub const PUBLICLY_ACCESSIBLE: PropId = PropId("publiclyAccessible");
pub const PULL_THROUGH_CACHE: PropId = PropId("pullThroughCache");
pub const READONLY_ROOT_FILESYSTEM: PropId = PropId("readonlyRootFilesystem");
pub const READ_ONLY: PropId = PropId("readOnly");
pub const RECORD_TYPE: PropId = PropId("recordType");
pub const REQUEST_SECONDS: PropId = PropId("requestSeconds");
pub const REQUIRES_IAM: PropId = PropId("requiresIam");
pub const RESTART_POLICY: PropId = PropId("restartPolicy");
pub const RETENTION_IN_DAYS: PropId = PropId("retentionInDays");
pub const ROTATION: PropId = PropId("rotation");
pub const SCHEDULE: PropId = PropId("schedule");
pub const SCHEDULING_STRATEGY: PropId = PropId("schedulingStrategy");
pub const SCHEME: PropId = PropId("scheme");
pub const SERVICE: PropId = PropId("service");
pub const SIZE_IN_GIB: PropId = PropId("sizeInGiB");
pub const SPOT_INSTANCE_DRAINING: PropId = PropId("spotInstanceDraining");
pub const STARTUP_SECONDS: PropId = PropId("startupSeconds");
pub const STOP_TIMEOUT: PropId = PropId("stopTimeout");
pub const TAG: PropId = PropId("tag");
pub const TARGET_CAPACITY: PropId = PropId("targetCapacity");
pub const TARGET_GROUP: PropId = PropId("targetGroup");
pub const TARGET_PORT: PropId = PropId("targetPort");
pub const TARGET_TYPE: PropId = PropId("targetType");
pub const TARGET_VALUE: PropId = PropId("targetValue");
pub const TERMINATION_WAIT_TIME_IN_MINUTES: PropId = PropId("terminationWaitTimeInMinutes");
pub const TIER: PropId = PropId("tier");
pub const TIMEOUT: PropId = PropId("timeout");
pub const TO_PORT: PropId = PropId("toPort");
pub const TRANSIT_ENCRYPTION: PropId = PropId("transitEncryption");
pub const TRUST: PropId = PropId("trust");
pub const TTL: PropId = PropId("ttl");
pub const TYPE: PropId = PropId("type");
pub const VARIABLE: PropId = PropId("variable");
pub const VIA: PropId = PropId("via");
pub const VPC_ENDPOINT_TYPE: PropId = PropId("vpcEndpointType");
pub const WEIGHT: PropId = PropId("weight");
pub const WILDCARD_ACTIONS: PropId = PropId("wildcardActions");
pub const WORK_MEMORY: PropId = PropId("workMemory");
pub const WORK_SECONDS: PropId = PropId("workSeconds");
