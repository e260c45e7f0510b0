import { Bone, Skeleton } from "#frontend/parts/skeleton.tsx";

const BARS = [72, 58, 44, 36, 22];

/** The chart and the table of the workbench, in grey. */
export function WorkbenchSkeleton({ models }: { models: number }) {
  return (
    <Skeleton label="attribution">
      <div class="stack">
        <section class="card">
          <div class="card-head">
            <Bone width={180} height={20} />
          </div>
          <div class="card-body spread">
            {BARS.map((width) => (
              <div key={width} class="spread-row">
                <Bone width="70%" height={14} />
                <Bone width={`${width}%`} height={14} />
                <Bone width="80%" height={14} />
              </div>
            ))}
          </div>
        </section>
        <section class="card">
          <div class="card-head">
            <Bone width={160} height={20} />
          </div>
          <div class="stack" style={{ "--gap": "26px", padding: "16px 20px 24px" }}>
            {Array.from({ length: 7 }, (_, row) => (
              <div key={row} class="row" style={{ "--gap": "24px", flexWrap: "nowrap" }}>
                <Bone width={`${26 - (row % 3) * 4}%`} />
                <span class="grow" />
                {Array.from({ length: models }, (_item, model) => (
                  <Bone key={model} width="9%" />
                ))}
                <Bone width="16%" />
              </div>
            ))}
          </div>
        </section>
      </div>
    </Skeleton>
  );
}
