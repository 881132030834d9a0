/** Methods that hand a role to a service; grouped by the service principals that take it. */
import { also, methods, on, requiring, type Method, type Row } from "./method";

/** `iam:PassedToService` is no fix: it leaves the method of that very service open. */
const FIX = "name the roles it may pass in `Resource`, and none stronger than its own";

function passedTo(services: readonly string[], rows: Readonly<Record<string, Row>>): readonly Method[] {
  return methods({ tier: "pass-role", fix: FIX, services, needs: [on("iam:PassRole", "role")] }, rows);
}

/**
 * Amazon EC2 User Guide, "Example policies to control access the Amazon EC2 API": a launch is checked against all of
 * these; the catalogue has the volume as optional because images without one exist.
 */
const RUN = requiring(
  also("ec2:RunInstances"),
  "image",
  "instance",
  "network-interface",
  "security-group",
  "subnet",
  "volume",
);

const EC2 = passedTo(["ec2"], {
  EC2RunInstances: {
    needs: [RUN],
    gain: "starts a machine with a stronger role and reads its credentials",
  },
  EC2Spot: {
    // A launch specification names an image; the catalogue has it as optional.
    needs: [requiring(also("ec2:RequestSpotInstances"), "spot-instances-request", "image")],
    gain: "starts a spot machine with a stronger role and reads its credentials",
  },
  EC2Fleet: {
    // CreateFleet takes its machines from launch templates only, and the API reference has them as required.
    needs: [requiring(also("ec2:CreateFleet"), "fleet", "instance", "launch-template")],
    gain: "starts machines with a stronger role and reads their credentials",
  },
  EC2ReplaceProfile: {
    needs: [also("ec2:ReplaceIamInstanceProfileAssociation")],
    gain: "gives the machine it is on a stronger role",
  },
  EC2AssociateProfile: {
    needs: [also("ec2:AssociateIamInstanceProfile")],
    gain: "gives a machine it controls a stronger role",
  },
  AddRoleToInstanceProfile: {
    needs: [also("iam:AddRoleToInstanceProfile")],
    gain: "puts a stronger role into an instance profile that a machine carries",
  },
  ASGLaunchConfig: {
    needs: [also("autoscaling:CreateLaunchConfiguration"), also("autoscaling:CreateAutoScalingGroup")],
    gain: "starts a group of machines with a stronger role and reads their credentials",
  },
  ASGLaunchConfigUpdate: {
    needs: [also("autoscaling:CreateLaunchConfiguration"), also("autoscaling:UpdateAutoScalingGroup")],
    gain: "has a group start machines with a stronger role and reads their credentials",
  },
  // The cluster's own role is passed as well; what the attacker takes is that of its machines.
  EMR: {
    needs: [also("elasticmapreduce:RunJobFlow")],
    gain: "starts a cluster whose machines carry a stronger role and reads their credentials",
  },
  ImageBuilder: {
    needs: [also("imagebuilder:CreateInfrastructureConfiguration"), also("imagebuilder:CreateImage")],
    gain: "has a build machine with a stronger role run its commands",
  },
});

const FUNCTIONS = passedTo(["lambda"], {
  LambdaInvoke: {
    needs: [also("lambda:CreateFunction"), also("lambda:InvokeFunction")],
    gain: "runs a function with a stronger role",
  },
  LambdaESM: {
    needs: [also("lambda:CreateFunction"), also("lambda:CreateEventSourceMapping")],
    gain: "has a queue or stream run a function with a stronger role",
  },
  LambdaAddPerm: {
    needs: [also("lambda:CreateFunction"), also("lambda:AddPermission")],
    gain: "lets another account run a function with a stronger role",
  },
});

const CONTAINERS = [
  ...passedTo(["ecs-tasks"], {
    ECSRunTask: {
      needs: [also("ecs:RegisterTaskDefinition"), also("ecs:RunTask")],
      gain: "runs a container with a stronger role",
    },
    ECSService: {
      needs: [also("ecs:RegisterTaskDefinition"), also("ecs:CreateService")],
      gain: "keeps a container with a stronger role running",
    },
    ECSStartTask: {
      needs: [also("ecs:StartTask")],
      gain: "runs a container on its own machine with a stronger role in place of the task's",
    },
    "PassRole+ECS+RunTask": {
      needs: [also("ecs:RunTask")],
      gain: "runs a container with its own command and a stronger role in place of the task's",
    },
    BatchJob: {
      // AWS Batch User Guide, "Resource: Restrict to a job queue": a policy must name queue and definition, the latter with
      // its revision or without.
      needs: [
        also("batch:RegisterJobDefinition"),
        requiring(also("batch:SubmitJob"), "job-queue", ["job-definition", "job-definition-revision"]),
      ],
      gain: "runs a job with a stronger role",
    },
  }),
  ...passedTo(["tasks.apprunner"], {
    AppRunner: {
      needs: [also("apprunner:CreateService")],
      gain: "runs an image of its own with a stronger role",
    },
  }),
];

const DATA = [
  ...passedTo(["glue"], {
    GlueDevEndpoint: {
      needs: [also("glue:CreateDevEndpoint")],
      gain: "logs in to a development endpoint with a stronger role",
    },
    GlueJobRun: {
      needs: [also("glue:CreateJob"), also("glue:StartJobRun")],
      gain: "runs a script with a stronger role",
    },
    GlueJobTrigger: {
      needs: [also("glue:CreateJob"), also("glue:CreateTrigger")],
      gain: "has a trigger run a script with a stronger role",
    },
    GlueUpdateRun: {
      needs: [also("glue:UpdateJob"), also("glue:StartJobRun")],
      gain: "gives a job its own script and a stronger role, and runs it",
    },
    GlueUpdateTrigger: {
      needs: [also("glue:UpdateJob"), also("glue:CreateTrigger")],
      gain: "gives a job its own script and a stronger role, and has a trigger run it",
    },
    GlueSession: {
      needs: [also("glue:CreateSession"), also("glue:RunStatement")],
      gain: "runs statements in a session with a stronger role",
    },
  }),
  // Activities run on machines of a second role.
  ...passedTo(["datapipeline", "ec2"], {
    DataPipeline: {
      needs: [also("datapipeline:CreatePipeline")],
      gain: "has a pipeline run commands with a stronger role",
    },
  }),
  ...passedTo(["emr-serverless"], {
    EMRServerless: {
      needs: [also("emr-serverless:CreateApplication"), also("emr-serverless:StartJobRun")],
      gain: "runs a job with a stronger role",
    },
  }),
  ...passedTo(["kinesisanalytics"], {
    "PassRole+KinesisAnalyticsCreateApp+StartApp": {
      needs: [also("kinesisanalytics:CreateApplication"), also("kinesisanalytics:StartApplication")],
      gain: "runs a streaming application with a stronger role",
    },
  }),
  ...passedTo(["omics"], {
    "PassRole+OmicsCreateWorkflow+StartRun": {
      needs: [also("omics:CreateWorkflow"), also("omics:StartRun"), also("s3:GetObject")],
      gain: "runs a workflow with a stronger role and reads what it writes",
    },
  }),
];

const MACHINE_LEARNING = [
  ...passedTo(["sagemaker"], {
    SMNotebook: {
      needs: [also("sagemaker:CreateNotebookInstance")],
      gain: "starts a notebook with a stronger role and reads its credentials",
    },
    SMTraining: {
      needs: [also("sagemaker:CreateTrainingJob")],
      gain: "runs a training image of its own with a stronger role",
    },
    SMProcessing: {
      needs: [also("sagemaker:CreateProcessingJob")],
      gain: "runs a processing image of its own with a stronger role",
    },
  }),
  ...passedTo(["bedrock-agentcore"], {
    AgentCore: {
      // The two types are kinds of one thing, of which a call names one; so with browsers.
      needs: [
        also("bedrock-agentcore:CreateCodeInterpreter"),
        requiring(also("bedrock-agentcore:StartCodeInterpreterSession"), [
          "code-interpreter",
          "code-interpreter-custom",
        ]),
        requiring(also("bedrock-agentcore:InvokeCodeInterpreter"), ["code-interpreter", "code-interpreter-custom"]),
      ],
      gain: "runs code in a code interpreter with a stronger role",
    },
    AgentCoreRuntime: {
      needs: [also("bedrock-agentcore:CreateAgentRuntime"), also("bedrock-agentcore:InvokeAgentRuntimeCommand")],
      gain: "runs commands in an agent runtime with a stronger role",
    },
    AgentCoreBrowserNew: {
      needs: [
        also("bedrock-agentcore:CreateBrowser"),
        requiring(also("bedrock-agentcore:StartBrowserSession"), ["browser", "browser-custom"]),
        also("bedrock-agentcore:ConnectBrowserAutomationStream"),
      ],
      gain: "drives a browser that runs with a stronger role",
    },
  }),
  ...passedTo(["braket"], {
    "PassRole+BraketCreateJob": {
      needs: [also("braket:CreateJob")],
      gain: "runs a hybrid job with a stronger role",
    },
  }),
];

const DEPLOYMENT = [
  ...passedTo(["cloudformation"], {
    CfnCreateStack: {
      needs: [also("cloudformation:CreateStack")],
      gain: "has a stack create what a stronger role may create",
    },
    CfnStackSet: {
      needs: [also("cloudformation:CreateStackSet"), also("cloudformation:CreateStackInstances")],
      gain: "has stacks in many accounts create what a stronger role may create",
    },
    CfnUpdateStackSet: {
      needs: [also("cloudformation:UpdateStackSet")],
      gain: "has stacks in many accounts change what a stronger role may change",
    },
  }),
  ...passedTo(["codebuild"], {
    CodeBuildStart: {
      needs: [also("codebuild:CreateProject"), also("codebuild:StartBuild")],
      gain: "runs a build with a stronger role",
    },
    CodeBuildBatch: {
      needs: [also("codebuild:CreateProject"), also("codebuild:StartBuildBatch")],
      gain: "runs a batch of builds with a stronger role",
    },
  }),
  // The service closed in 2024; the action is still granted by old policies.
  ...passedTo(["codestar"], {
    "PassRole+CodeStar": {
      needs: [also("codestar:CreateProject")],
      gain: "has a project created with what a stronger role may create",
    },
  }),
  ...passedTo(["gamelift"], {
    "PassRole+GameLiftCreateBuild+CreateFleet": {
      needs: [also("gamelift:CreateBuild"), also("gamelift:CreateFleet"), also("gamelift:RequestUploadCredentials")],
      gain: "runs a game server build of its own with a stronger role",
    },
  }),
];

const ORCHESTRATION = [
  ...passedTo(["ssm"], {
    SSMAutomation: {
      // Systems Manager User Guide, "Setting up identity based policies examples": policies name a runbook as `document`,
      // older ones as `automation-definition`; the execution is new with the call.
      needs: [requiring(also("ssm:StartAutomationExecution"), ["automation-definition", "document"])],
      gain: "has a runbook act with a stronger role",
    },
  }),
  ...passedTo(["states"], {
    StepFunctions: {
      needs: [also("states:CreateStateMachine"), also("states:StartExecution")],
      gain: "has a state machine call what it likes with a stronger role",
    },
  }),
  ...passedTo(["scheduler"], {
    Scheduler: {
      needs: [also("scheduler:CreateSchedule")],
      gain: "has a schedule call what it likes with a stronger role",
    },
  }),
  // Such a role is trusted by federation with this name, not as a service.
  ...passedTo(["cognito-identity"], {
    "PassRole+CognitoSetIdentityPoolRoles": {
      needs: [also("cognito-identity:SetIdentityPoolRoles")],
      gain: "has an identity pool hand out credentials of a stronger role",
    },
  }),
];

export const PASS_ROLE_METHODS = [
  ...EC2,
  ...FUNCTIONS,
  ...CONTAINERS,
  ...DATA,
  ...MACHINE_LEARNING,
  ...DEPLOYMENT,
  ...ORCHESTRATION,
];
