import { Bone, Skeleton } from "#frontend/parts/skeleton.tsx";

/** The layout of a page whose code is still on its way. */
export function PageSkeleton() {
  return (
    <Skeleton label="page">
      <div class="stack" style={{ paddingTop: "24px", "--gap": "24px" }}>
        <div class="row spread">
          <Bone width={180} height={26} />
          <Bone width="40%" height={36} />
        </div>
        <Bone height={124} />
        <Bone height={320} />
      </div>
    </Skeleton>
  );
}
